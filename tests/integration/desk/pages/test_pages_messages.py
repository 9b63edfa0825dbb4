"""What an agent writes reaches the user once, and is never lost on the way."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.store.messages import messages_after
from tests.integration.desk.conversing_bot import BotStore, ConversingBot


async def said_by_people(store: BotStore, number: str, count: int) -> list[str | None]:
    """What people said in a conversation, once so much has arrived."""
    while True:
        messages = await messages_after(store.database, f"of-{number}")
        texts = [message.text for message in messages if message.author == "person"]
        if len(texts) >= count:
            return texts
        await asyncio.sleep(0.02)


@pytest.fixture
async def served(sign_in: Any, hand_over: Any) -> tuple[Any, str]:
    """An agent and a hand-off that he has taken."""
    visitor, number = await sign_in(), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    return visitor, number


async def test_a_line_reaches_the_user_under_the_agents_name(
    served: tuple[Any, str], store: BotStore, engine: AsyncEngine
) -> None:
    visitor, number = served
    assert (await visitor.write(number, "Hello, this is Li Lei")).status == 200
    assert await said_by_people(store, number, 1) == ["Hello, this is Li Lei"]
    page = await visitor.get(f"/handoffs/{number}/lines")
    assert "Hello, this is Li Lei" in page.words
    written = await list_entries(engine, EntryFilter(action=Action.WRITE), 10)
    assert [entry.subject for entry in written.items] == [number]


async def test_the_same_line_sent_again_is_taken_once(served: tuple[Any, str], store: BotStore) -> None:
    visitor, number = served
    letter_id = str(uuid.uuid4())
    answers = await asyncio.gather(*(visitor.write(number, "once", letter_id) for _ in range(4)))
    assert {answer.status for answer in answers} == {200}
    await visitor.write(number, "last")
    assert await said_by_people(store, number, 2) == ["once", "last"]


async def test_while_the_bot_is_away_lines_are_shown_as_on_their_way_and_arrive_in_order(
    served: tuple[Any, str], store: BotStore, bot_side: ConversingBot
) -> None:
    visitor, number = served
    bot_side.is_away = True
    await visitor.write(number, "one")
    shown = await visitor.write(number, "two")
    assert shown.html.count("is-pending") == 2
    assert "On its way" in shown.words
    bot_side.is_away = False
    assert await said_by_people(store, number, 2) == ["one", "two"]
    while 'data-role="letter"' in (await visitor.get(f"/handoffs/{number}/letters")).html:
        pass


async def test_nobody_but_the_one_who_has_it_may_write(served: tuple[Any, str], sign_in: Any, store: BotStore) -> None:
    visitor, number = served
    other = await sign_in("wang", "Wang Fang")
    refused = await other.write(number, "I am somebody else")
    assert refused.status == 403
    assert "Only the one who has this conversation" in refused.words
    assert (await other.post(f"/handoffs/{number}/typing", on="true")).status == 403
    await visitor.write(number, "I am the one")
    assert await said_by_people(store, number, 1) == ["I am the one"]


async def test_nobody_writes_to_somebody_who_waits(sign_in: Any, hand_over: Any) -> None:
    visitor, number = await sign_in(), await hand_over()
    assert (await visitor.write(number, "hello")).status in (403, 409)


@pytest.mark.parametrize(
    ("text", "words"), [("   ", "nothing to send"), ("x" * 4001, "at most 4000 characters")], ids=["blank", "too-long"]
)
async def test_a_text_that_cannot_be_sent_is_refused_in_words(served: tuple[Any, str], text: str, words: str) -> None:
    visitor, number = served
    refused = await visitor.write(number, text)
    assert refused.status == 400
    assert words in refused.words


async def test_a_line_without_an_id_is_refused(served: tuple[Any, str]) -> None:
    visitor, number = served
    assert (await visitor.write(number, "hello", "no uuid")).status == 400


async def test_what_the_agent_types_is_passed_on(served: tuple[Any, str], bot_side: ConversingBot) -> None:
    visitor, number = served
    for on in ("true", "false"):
        assert (await visitor.post(f"/handoffs/{number}/typing", on=on)).status == 204
    assert bot_side.typing == [True, False]


async def test_typing_is_no_trouble_while_the_bot_is_away(served: tuple[Any, str], bot_side: ConversingBot) -> None:
    visitor, number = served
    bot_side.is_away = True
    assert (await visitor.post(f"/handoffs/{number}/typing", on="true")).status == 204
