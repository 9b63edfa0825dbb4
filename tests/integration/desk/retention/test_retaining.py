"""What is too old goes by itself, in small pieces, and what somebody is to answer stays."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.desk.retention.house import House
from bot.desk.retention.record import stale
from bot.desk.retention.retaining import Retention, retain
from bot.desk.settings import Settings
from bot.desk.stopping import Stopped, Stopping
from bot.store.database import Database
from tests.integration.desk.conftest import serving
from tests.integration.desk.retention.writing import Keeper, on_both

DAYS = 365
NUMBER, OTHER = "WH-7K3M-Q9TD", "WH-0000-0001"


async def until_there_is_none(keeper: Keeper) -> None:
    while await keeper.conversations():  # noqa: ASYNC110 - the database tells nobody
        await asyncio.sleep(0.01)


@pytest.fixture
def ago(clock: Any) -> Any:
    """When it was so many days ago, in seconds since 1970."""
    return lambda days: (clock() - timedelta(days=days)).timestamp()


@on_both
async def test_what_is_older_goes_from_every_table_and_the_rest_stays(keeper: Keeper, house: House, ago: Any) -> None:
    now = house.clock()
    await keeper.talk("widget-new", "li", at=ago(364))
    await keeper.handoff(OTHER, "widget-new", "li", now=now - timedelta(days=364))
    young = {**await keeper.of_record(), **await keeper.of_desk()}
    await keeper.talk("widget-old", "chen", at=ago(366))
    await keeper.handoff(NUMBER, "widget-old", "chen", now=now - timedelta(days=366))

    swept = await Retention(house, DAYS).sweep()

    emptied = ("audit", "saved_filters")
    after = {**await keeper.of_record(), **await keeper.of_desk()}
    assert {name: rows for name, rows in after.items() if name not in emptied} == {
        name: rows for name, rows in young.items() if name not in emptied
    }
    assert await keeper.conversations() == ["widget-new"]
    assert (swept.record["conversations"], swept.desk["handoffs"], swept.held) == (1, 1, 0)


async def test_the_audit_says_how_much_went_and_of_whom_no_more(keeper: Keeper, house: House, ago: Any) -> None:
    await keeper.talk("widget-old", "chen", at=ago(366))
    await keeper.handoff(NUMBER, "widget-old", "chen")

    await Retention(house, DAYS).sweep()

    assert await keeper.deeds() == [
        ("reveal", None, None),
        ("reveal", None, None),
        ("retention", None, "conversations 1, handoffs 1, before 2025-03-01"),
    ]


async def test_where_nothing_is_too_old_the_audit_says_nothing(keeper: Keeper, house: House, ago: Any) -> None:
    await keeper.talk("widget-new", "li", at=ago(364))

    await Retention(house, DAYS).sweep()

    assert await keeper.deeds() == []


@pytest.mark.parametrize(
    ("state", "case"), [("queued", None), ("active", None), ("case", "open"), ("resolved", "in_progress")]
)
async def test_what_somebody_is_to_answer_stays_however_old(
    keeper: Keeper, house: House, ago: Any, state: str, case: str | None
) -> None:
    await keeper.talk("widget-old", "chen", at=ago(900))
    await keeper.handoff(NUMBER, "widget-old", "chen", state=state, case=case)

    swept = await Retention(house, DAYS).sweep()

    assert (await keeper.conversations(), await keeper.numbers(), swept.held) == (["widget-old"], [NUMBER], 1)


@on_both
async def test_more_than_one_piece_goes_also_behind_what_stays(keeper: Keeper, house: House, ago: Any) -> None:
    for number in range(25):
        await keeper.talk(f"widget-{number:02}", None, at=ago(900 - number))
    for number in range(12):
        await keeper.handoff(f"WH-{number:04}", f"widget-{number:02}", None, state="case", case="open")

    swept = await Retention(house, DAYS).sweep()

    assert await keeper.conversations() == [f"widget-{number:02}" for number in range(12)]
    assert (swept.record["conversations"], swept.held) == (13, 12)


async def test_conversations_of_the_same_moment_are_all_looked_at(keeper: Keeper, house: House, ago: Any) -> None:
    for number in range(25):
        await keeper.talk(f"widget-{number:02}", None, at=ago(900))

    await Retention(house, DAYS).sweep()

    assert await keeper.conversations() == []


async def test_hand_offs_that_are_over_go_where_their_conversation_is_gone(
    keeper: Keeper, house: House, ago: Any
) -> None:
    old = house.clock() - timedelta(days=366)
    await keeper.talk("widget-new", "li", at=ago(1))
    await keeper.handoff(NUMBER, "widget-gone", "chen", now=old)
    await keeper.handoff(OTHER, "widget-new", "li", now=old)
    await keeper.handoff("WH-0000-0003", "widget-open", "chen", now=old, case="open")

    await Retention(house, DAYS).sweep()

    assert await keeper.numbers() == [OTHER, "WH-0000-0003"]


@on_both
async def test_who_comes_back_at_the_last_moment_keeps_his_conversation(
    keeper: Keeper, house: House, ago: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keeper.talk("widget-old", "chen", at=ago(366))
    looked = Database.read

    async def look_and_come_back(self: Database, work: Any) -> Any:
        found = await looked(self, work)
        if getattr(work, "func", None) is stale and found:
            await keeper.say("widget-old", "chen")
        return found

    monkeypatch.setattr(Database, "read", look_and_come_back)

    swept = await Retention(house, DAYS).sweep()

    assert swept.record["conversations"] == 0
    assert await keeper.conversations() == ["widget-old"]
    assert (await keeper.of_record())["events"] == 2


@on_both
async def test_what_would_go_can_be_seen_before(keeper: Keeper, house: House, ago: Any) -> None:
    await keeper.talk("widget-old", "chen", at=ago(366))
    await keeper.handoff(NUMBER, "widget-old", "chen")
    before = {**await keeper.of_record(), **await keeper.of_desk()}

    foreseen = await Retention(house, DAYS, is_dry=True).sweep()

    assert {**await keeper.of_record(), **await keeper.of_desk()} == before
    swept = await Retention(house, DAYS).sweep()
    del swept.desk["audit"]
    assert (foreseen.record, foreseen.desk) == (swept.record, swept.desk)


async def test_before_the_bot_has_begun_there_is_nothing_to_do(house: House, keeper: Keeper) -> None:
    await keeper.database.write(lambda each: each.exec_driver_sql("DROP TABLE events"))

    assert not (await Retention(house, DAYS).sweep()).record


async def test_the_desk_looks_again_and_again_and_ends_when_it_is_told_to(
    keeper: Keeper, house: House, ago: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.retention.retaining.EVERY_S", 0)
    await keeper.talk("widget-old", "chen", at=ago(366))
    stopping = Stopping()
    task = asyncio.create_task(retain(house, DAYS, stopping))
    await until_there_is_none(keeper)
    await keeper.talk("widget-older", "chen", at=ago(400))
    await until_there_is_none(keeper)

    stopping.stop()
    await task


async def test_who_is_told_to_end_in_the_middle_tells_the_audit_what_has_gone(
    keeper: Keeper, house: House, ago: Any
) -> None:
    for number in range(25):
        await keeper.talk(f"widget-{number:02}", None, at=ago(900 - number))

    async def stop() -> None:
        raise Stopped

    with pytest.raises(Stopped):
        await Retention(house, DAYS, stop).sweep()

    assert len(await keeper.conversations()) == 15
    assert await keeper.deeds() == [("retention", None, "conversations 10, handoffs 0, before 2025-03-01")]


async def test_a_desk_that_serves_keeps_nothing_longer(keeper: Keeper, private: Settings, clock: Any, ago: Any) -> None:
    await keeper.talk("widget-old", "chen", at=ago(366))

    async with serving(private, clock):
        await until_there_is_none(keeper)

    assert [action for action, _, _ in await keeper.deeds()] == ["retention"]


async def test_a_bot_and_a_desk_that_write_all_the_time_lose_nothing_to_it(
    keeper: Keeper, house: House, ago: Any
) -> None:
    for number in range(60):
        await keeper.talk(f"widget-{number:02}", None, at=ago(900 - number))
    sweeping = asyncio.create_task(Retention(house, DAYS).sweep())
    said = 0
    while not sweeping.done():
        await keeper.say("widget-new", "li", f"{said}")
        said += 1

    assert (await sweeping).record["conversations"] == 60
    assert await keeper.conversations() == ["widget-new"]
    assert (await keeper.of_record())["events"] == said
