"""The stream of an open page: what it tells, to whom, and when it ends."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.service import disable_agent
from bot.desk.clock import Clock
from bot.desk.pages import live
from tests.integration.desk.conversing_bot import ConversingBot


class Stream:
    """The events of a stream, one after the other."""

    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> tuple[str, dict[str, Any]] | None:
        """The next event; None when the stream has ended."""
        name = ""
        async for line in self._answer.content:
            field, _, value = line.decode().strip().partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                return name, json.loads(value)
        return None

    async def until(self, wanted: str) -> dict[str, Any]:
        """The data of the next event of this name."""
        while event := await self.next():
            if event[0] == wanted:
                return event[1]
        pytest.fail(f"the stream ended without {wanted}")

    async def settle(self, number: str | None = None) -> None:
        """Read what every stream begins with."""
        for name in ("queue", "handoff", "stored") if number else ("queue",):
            await self.until(name)


@asynccontextmanager
async def listening(visitor: Any, number: str | None = None) -> AsyncIterator[Stream]:
    path = f"/live?handoff={number}" if number else "/live"
    patience = aiohttp.ClientTimeout(total=60)
    async with visitor.session.get(path, headers={"Accept": "text/event-stream"}, timeout=patience) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        stream = Stream(answer)
        await stream.settle(number)
        yield stream


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stream looks after its agent all the time."""
    monkeypatch.setattr(live, "TOUCH_S", 0.02)


async def test_a_new_hand_off_is_told_to_everybody(sign_in: Any, hand_over: Any) -> None:
    async with listening(await sign_in()) as one, listening(await sign_in("wang", "Wang Fang")) as other:
        await hand_over()
        await one.until("queue")
        await other.until("queue")


async def test_what_the_user_says_and_that_he_types_is_told_to_his_page(
    sign_in: Any, hand_over: Any, bot_side: ConversingBot
) -> None:
    visitor, number = await sign_in(), await hand_over()
    async with listening(visitor, number) as stream:
        bot_side.tell(f"of-{number}", "user_typing")
        assert await stream.until("typing") == {"on": True}
        bot_side.tell(f"of-{number}", "user_stopped_typing")
        assert await stream.until("typing") == {"on": False}
        await bot_side.say(f"of-{number}", "hello")
        await stream.until("stored")


async def test_what_is_said_in_my_conversations_is_told_to_my_queue(
    sign_in: Any, hand_over: Any, bot_side: ConversingBot
) -> None:
    visitor, number = await sign_in(), await hand_over()
    async with listening(visitor) as stream:
        await visitor.post(f"/handoffs/{number}/claim")
        await stream.until("queue")
        await stream.until("queue")
        await bot_side.say(f"of-{number}", "hello")
        await stream.until("said")


async def test_words_of_users_never_stand_in_the_stream(sign_in: Any, hand_over: Any, bot_side: ConversingBot) -> None:
    visitor, number = await sign_in(), await hand_over()
    async with listening(visitor, number) as stream:
        await bot_side.say(f"of-{number}", "my secret")
        assert await stream.until("said") == {}
        assert await stream.until("stored") == {}


async def test_who_else_looks_is_shown_while_he_does(sign_in: Any, hand_over: Any) -> None:
    visitor, other, number = await sign_in(), await sign_in("wang", "Wang Fang"), await hand_over()
    head = f"/handoffs/{number}/head"
    async with listening(visitor, number) as stream:
        assert "Also looking" not in (await visitor.get(head)).words
        async with listening(other, number):
            await stream.until("handoff")
            assert "Also looking: Wang Fang" in (await visitor.get(head)).words
        await stream.until("handoff")
        assert "Also looking" not in (await visitor.get(head)).words


async def test_an_agent_is_told_what_happens_to_his_hand_offs_elsewhere(sign_in: Any, hand_over: Any) -> None:
    visitor, other, number = await sign_in(), await sign_in("wang", "Wang Fang"), await hand_over()
    await visitor.post(f"/handoffs/{number}/claim")
    async with listening(other) as stream:
        await visitor.post(f"/handoffs/{number}/transfer", to=str(other.agent.id))
        told = await stream.until("told")
    assert (told["text_name"], told["number"], told["agent"]) == ("handoff_transferred", number, "Li Lei")


async def test_the_stream_ends_when_its_agent_may_no_longer_be_there(
    sign_in: Any, engine: AsyncEngine, clock: Clock, often: None
) -> None:
    visitor = await sign_in()
    async with listening(visitor) as stream:
        await disable_agent(engine, visitor.agent.id, clock())
        while await stream.next():
            pass


async def test_an_open_page_keeps_its_agent_on_duty(sign_in: Any, clock: Any, often: None) -> None:
    visitor, other = await sign_in(), await sign_in("wang", "Wang Fang")
    async with listening(visitor):
        clock.move_on(minutes=2)
        while "Li Lei" not in (await other.get("/queue")).words:
            pass
        assert "Wang Fang" not in (await other.get("/queue")).words


async def test_there_is_no_stream_of_an_unknown_number(sign_in: Any) -> None:
    visitor = await sign_in()
    assert (await visitor.get("/live?handoff=WH-NONE-NONE")).status == 404
