"""No part of a conversation is read unseen, and nothing personal is shown that nobody asked to see."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.database import reading
from bot.desk.handoffs.tables import handoff_events
from bot.desk.letters.tables import letters
from tests.integration.desk.conversing_bot import BotStore, ConversingBot

PHONE, MAIL, USER_ID = "13812345678", "li.lei@example.com", "a-user-of-the-wallet"
OTHER_PHONE = "139 0000 1111"
CARD = "4111111111111111"


async def read_by(engine: AsyncEngine) -> list[tuple[str | None, str | None]]:
    kept = await list_entries(engine, EntryFilter(action=Action.READ_CONVERSATION), 10)
    return [(entry.agent_name, entry.subject) for entry in kept.items]


@pytest.mark.parametrize("part", ["lines", "log", "letters"])
async def test_a_part_that_is_read_by_itself_is_kept_as_read(
    sign_in: Any, hand_over: Any, engine: AsyncEngine, clock: Any, part: str
) -> None:
    visitor, number = await sign_in(), await hand_over()
    for _ in range(3):
        assert (await visitor.get(f"/handoffs/{number}/{part}")).status == 200
    assert await read_by(engine) == [("lilei", number)]
    clock.move_on(61)
    await visitor.get(f"/handoffs/{number}/{part}")
    assert await read_by(engine) == [("lilei", number)] * 2


async def test_what_one_has_read_is_not_read_by_another(sign_in: Any, hand_over: Any, engine: AsyncEngine) -> None:
    visitor, other, number = await sign_in(), await sign_in("wang", "Wang Fang"), await hand_over()
    await visitor.get(f"/handoffs/{number}")
    await visitor.get(f"/handoffs/{number}/lines")
    await other.get(f"/handoffs/{number}/lines")
    assert await read_by(engine) == [("wang", number), ("lilei", number)]


async def test_the_user_and_how_to_reach_him_are_masked_everywhere_and_revealed(
    sign_in: Any, hand_over: Any, store: BotStore, bot_side: ConversingBot
) -> None:
    visitor, all_of_it = await sign_in(), f"{USER_ID} {PHONE} {MAIL}"
    facts = {"phone": PHONE, "email": "l***i@example.com"}
    number = await hand_over(user_id=USER_ID, last_words=all_of_it, facts=facts)
    await store.user(f"of-{number}", all_of_it)
    await store.bot(f"of-{number}", "?", all_of_it)
    await visitor.post(f"/handoffs/{number}/claim")
    await visitor.post(f"/handoffs/{number}/notes", note=all_of_it)
    bot_side.is_away = True
    await visitor.write(number, f"My own is {OTHER_PHONE}, and {all_of_it}")
    for path in ("/", f"/handoffs/{number}", *(f"/handoffs/{number}/{part}" for part in ("lines", "log", "letters"))):
        page = await visitor.get(path)
        for personal in (USER_ID, PHONE, MAIL, OTHER_PHONE):
            assert personal not in page.words, path
    assert "l***i@example.com" in (await visitor.get(f"/handoffs/{number}")).words
    revealed = await visitor.post(f"/handoffs/{number}/reveal", reason="he is to be called")
    for personal in (USER_ID, PHONE, MAIL, OTHER_PHONE):
        assert personal in revealed.words
    assert "l***i" not in revealed.words


async def test_a_secret_that_an_agent_types_is_kept_nowhere(
    sign_in: Any, hand_over: Any, engine: AsyncEngine, bot_side: ConversingBot
) -> None:
    visitor, number = await sign_in(), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    bot_side.is_away = True
    assert (await visitor.write(number, f"Is your card {CARD}?")).status == 200
    await visitor.post(f"/handoffs/{number}/notes", note=f"his card is {CARD}")
    await visitor.post(f"/handoffs/{number}/tags", tag=CARD)
    await visitor.post(f"/handoffs/{number}/reveal", reason=f"to call about {CARD}")
    async with reading(engine) as connection:
        bodies = (await connection.execute(select(letters.c.body))).scalars().all()
        told = (await connection.execute(select(handoff_events.c.after))).scalars().all()
    assert "Is your card ••••?" in [body.get("text") for body in bodies if body]
    assert "his card is ••••" in told
    kept = await list_entries(engine, EntryFilter(), 50)
    assert CARD not in repr((bodies, told, kept))


async def test_the_id_of_anothers_line_opens_nothing(sign_in: Any, hand_over: Any, engine: AsyncEngine) -> None:
    visitor, other, number = await sign_in(), await sign_in("wang", "Wang Fang"), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    letter_id = str(uuid.uuid4())
    for _ in range(2):
        assert (await visitor.write(number, "hello", letter_id)).status == 200
    assert (await other.write(number, "hello", letter_id)).status == 403
    kept = await list_entries(engine, EntryFilter(action=Action.WRITE), 10)
    assert [entry.agent_name for entry in kept.items] == ["lilei"]


@pytest.mark.parametrize("number", ["WH-7K3M-Q9TD%00", "x" * 500, "wh-7k3m-q9td"], ids=["zero", "long", "small"])
async def test_what_is_no_number_is_not_found(sign_in: Any, number: str) -> None:
    visitor = await sign_in()
    assert (await visitor.get(f"/handoffs/{number}")).status == 404
    assert (await visitor.get(f"/live?handoff={number}")).status == 404
    assert (await visitor.post(f"/handoffs/{number}/claim")).status == 404


async def test_a_colleague_is_named_by_a_number_that_a_database_knows(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    assert (await visitor.post(f"/handoffs/{number}/transfer", to="9" * 30)).status == 400
