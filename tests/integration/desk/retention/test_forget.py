"""One user's data is removed from everywhere, and nothing of anybody else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select, table, text
from sqlalchemy.engine import Connection

from bot.desk.retention.finding import DESK, OUTBOX, RECORD, Counts, count, find
from bot.desk.retention.forgetting import forget
from bot.desk.retention.house import House
from bot.desk.retention.proof import Proof, prove
from bot.desk.retention.traces import Names
from tests.integration.desk.retention.writing import Keeper, on_both

CHEN, LI = "chen", "li"
SAID, LI_SAID = "我的银行卡尾号是蓝鲸七七", "余额不足怎么办"
NUMBER, OTHER = "WH-7K3M-Q9TD", "WH-0000-0001"


async def forget_him(house: House, user_id: str = CHEN, *conversations: str) -> tuple[Counts, Proof]:
    found = await find(house, Names(user_id, frozenset(conversations)))
    names, removed = await forget(house, found)
    return removed, await prove(house, names)


def execute(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


@pytest.fixture
async def kept(keeper: Keeper) -> Keeper:
    """Chen has talked, been handed over and waits once more; so has Li."""
    for user_id, name, number, said in ((CHEN, "widget-a1", NUMBER, SAID), (LI, "widget-b1", OTHER, LI_SAID)):
        await keeper.talk(name, user_id, said, noted=said)
        await keeper.handoff(number, name, user_id, said)
        keeper.packet(f"{number[:-1]}X", name, user_id)
    return keeper


@on_both
async def test_nothing_is_left_in_any_table(kept: Keeper, house: House) -> None:
    before = {**await kept.of_record(), **await kept.of_desk()}

    removed, proof = await forget_him(house)

    assert proof.left == ()
    after = {**await kept.of_record(), **await kept.of_desk()}
    # Each table with something of Chen's had the same of Li's, so that half of it is left.
    emptied = {"audit", "agents", "sign_ins", "presence", "saved_filters"}
    assert {name: rows - after[name] for name, rows in before.items() if name not in emptied} == {
        name: rows // 2 for name, rows in before.items() if name not in emptied
    }
    assert removed[RECORD]["events"] == removed[RECORD]["conversation_notes"] == removed[DESK]["letters"] == 1
    assert removed[OUTBOX]["files"] == 1
    assert await kept.conversations() == ["widget-b1"]
    assert await kept.numbers() == [OTHER]


async def test_what_agents_did_stays_known_without_whom_it_concerned(kept: Keeper, house: House) -> None:
    await forget_him(house)

    assert (await kept.deeds())[:4] == [
        ("reveal", None, None),
        ("reveal", None, None),
        ("reveal", OTHER, LI_SAID),
        ("reveal", "widget-b1", LI_SAID),
    ]
    action, subject, detail = (await kept.deeds())[4]
    assert (action, subject) == ("forget", None)
    assert detail is not None and CHEN not in detail


@on_both
async def test_a_conversation_in_which_he_spoke_first_and_is_a_guest_or_another_by_now_is_his(
    keeper: Keeper, house: House
) -> None:
    await keeper.talk("widget-a1", CHEN)
    await keeper.say("widget-a1", LI)
    await keeper.talk("widget-a2", None)
    await keeper.say("widget-a2", CHEN)
    await keeper.say("widget-a2", None)

    _, proof = await forget_him(house)

    assert proof.left == ()
    assert await keeper.conversations() == []


@on_both
async def test_a_conversation_in_which_he_has_confirmed_who_writes_is_his(keeper: Keeper, house: House) -> None:
    await keeper.talk("telegram-1", None)
    await keeper.confirm("telegram-1", CHEN)
    await keeper.confirm("telegram-1", LI)

    _, proof = await forget_him(house)

    assert proof.left == ()
    assert await keeper.conversations() == []


async def test_a_conversation_that_was_handed_over_for_him_is_his(keeper: Keeper, house: House) -> None:
    await keeper.talk("widget-a1", None)
    await keeper.handoff(NUMBER, "widget-a1", CHEN)
    await keeper.talk("widget-a2", None)
    keeper.packet("WH-0000-0002", "widget-a2", CHEN, ".refused")

    await forget_him(house)

    assert (await keeper.conversations(), await keeper.numbers()) == ([], [])
    assert list(house.outbox.iterdir()) == []


async def test_a_conversation_that_is_named_goes_with_the_rest(keeper: Keeper, house: House) -> None:
    await keeper.talk("widget-a1", CHEN)
    await keeper.talk("widget-g1", None)
    await keeper.handoff(NUMBER, "widget-g1", None)
    await keeper.talk("widget-g2", None)

    _, proof = await forget_him(house, CHEN, "widget-g1")

    assert proof.left == ()
    assert (await keeper.conversations(), await keeper.numbers()) == (["widget-g2"], [])


async def test_a_hand_off_that_has_not_ended_goes_too(keeper: Keeper, house: House) -> None:
    await keeper.handoff(NUMBER, "widget-a1", CHEN, state="queued", case=None)

    await forget_him(house)

    assert await keeper.numbers() == []


async def test_whoever_spoke_of_him_is_not_taken_for_him(keeper: Keeper, house: House) -> None:
    await keeper.talk("widget-b1", LI, 'my friend is {"user_id": "chen"}', noted="he sent it to chen")

    _, proof = await forget_him(house)

    assert await keeper.conversations() == ["widget-b1"]
    assert proof.left == ()
    assert ("conversation_notes", "words") in {(each.trace.table, each.trace.column) for each in proof.mentions}


@on_both
async def test_links_to_his_conversations_are_blanked_in_what_others_noted(keeper: Keeper, house: House) -> None:
    await keeper.talk("widget-a1", CHEN)
    await keeper.talk("widget-b1", LI, noted="the same as /conversations/widget-a1#line-4, is it not")

    _, proof = await forget_him(house)

    noted = text("SELECT words FROM conversation_notes")
    assert await keeper.database.read(lambda each: each.execute(noted).scalars().all()) == [
        "the same as /conversations/…#line-4, is it not"
    ]
    assert proof.left == ()


async def test_a_number_of_his_that_somebody_else_has_written_is_shown_and_is_left(
    keeper: Keeper, house: House
) -> None:
    await keeper.talk("widget-g1", None, f"my number is {NUMBER}")
    await keeper.handoff(NUMBER, "widget-a1", CHEN)

    _, proof = await forget_him(house)

    assert {(each.where, each.trace.table) for each in proof.left} >= {(RECORD, "events")}
    _, proof = await forget_him(house, CHEN, "widget-g1")
    assert proof.left == ()


@on_both
async def test_a_table_that_nobody_knew_of_is_cleared_by_its_columns_and_looked_through(
    keeper: Keeper, house: House
) -> None:
    await keeper.talk("widget-a1", CHEN)
    statements = [
        "CREATE TABLE moods (conversation_id VARCHAR(255), mood TEXT)",
        "INSERT INTO moods VALUES ('widget-a1', 'cross'), ('widget-b1', 'glad')",
        "CREATE TABLE rumours (number INTEGER PRIMARY KEY, words TEXT NOT NULL, said_by VARCHAR(9))",
        """INSERT INTO rumours VALUES (1, '{"user_id": "chen"}', 'li')""",
    ]
    for statement in statements:
        await keeper.database.write(partial(execute, statement=statement))

    _, proof = await forget_him(house)

    moods = text("SELECT mood FROM moods")
    assert await keeper.database.read(lambda each: each.execute(moods).scalars().all()) == ["glad"]
    of_tables = [each for each in proof.left if each.where == RECORD]
    assert [(each.trace.table, each.trace.column, each.trace.where) for each in of_tables] == [
        ("rumours", "words", ("1",))
    ]


@on_both
async def test_an_id_that_is_nothing_else_is_looked_for_in_whatever_words(keeper: Keeper, house: House) -> None:
    await keeper.talk("widget-b1", LI, "did u-10293 pay?")

    _, proof = await forget_him(house, "u-10293")

    assert {each.trace.table for each in proof.left if each.where == RECORD} == {"events"}
    assert proof.mentions == ()


async def test_of_somebody_of_whom_nothing_is_kept_nothing_is_removed(kept: Keeper, house: House) -> None:
    before = await kept.of_record()

    found = await find(house, Names("nobody"))
    _, proof = await forget_him(house, "nobody")

    assert found.is_empty
    assert await kept.of_record() == before
    assert proof.left == ()


async def test_what_would_go_is_counted_before(kept: Keeper, house: House) -> None:
    found = await find(house, Names(CHEN))

    counted = await count(house, found)

    removed, _ = await forget_him(house)
    counted[DESK]["audit"] = removed[DESK]["audit"]
    assert counted == removed


async def test_without_a_record_the_desk_alone_is_cleared(house: House) -> None:
    _, proof = await forget_him(house)

    assert proof.left == ()
    assert not (house.record.file and house.record.file.exists())


async def test_the_files_hold_neither_his_names_nor_his_words(kept: Keeper, house: House) -> None:
    files = [path for file in house.files() for path in (file, Path(f"{file}-wal"))]
    needles = [needle.encode() for needle in ("widget-a1", NUMBER, SAID, "蓝鲸", "鲸七", '"user_id": "chen"')]
    before = b"".join(path.read_bytes() for path in files if path.exists())
    assert [needle in before for needle in needles] == [True] * len(needles)

    await forget_him(house)

    after = b"".join(path.read_bytes() for path in files if path.exists())
    assert [needle for needle in needles if needle in after] == []
    assert LI_SAID.encode() in after
    with closing(sqlite3.connect(files[0])) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@on_both
async def test_the_words_of_others_are_still_found(kept: Keeper, house: House) -> None:
    await forget_him(house)

    match = "message_words MATCH '余额'" if house.record.file else "words @@ to_tsquery('simple', '余额')"
    found = select(func.count()).select_from(table("message_words")).where(text(match))
    assert await kept.database.read(lambda each: each.execute(found).scalar()) == 1
