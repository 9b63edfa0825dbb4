"""What the bot tells of its conversations reaches the pages that show them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.desk.handoffs import service
from bot.desk.letters.bot_client import BotClient
from bot.desk.live.hub import Hub
from bot.desk.live.news import listen
from bot.desk.parts import Desk
from bot.desk.stopping import Stopping
from tests.integration.desk.handoffs.fake_bot import FakeBot

NUMBER = "WH-7K3M-Q9TD"
TOPIC = "conversation:c-1"


@pytest.fixture
async def hub(reaching: BotClient) -> AsyncIterator[Hub]:
    """A hub to which the bot's news come."""
    hub, stopping = Hub(), Stopping()
    task = asyncio.create_task(listen(reaching, hub, stopping))
    yield hub
    stopping.stop()
    await task


def news_of(conversation_id: str, news: str) -> str:
    return json.dumps({"conversation_id": conversation_id, "news": news})


async def test_news_come_to_the_pages_of_that_conversation_alone(hub: Hub, fake_bot: FakeBot) -> None:
    with hub.subscribe(TOPIC) as news:
        assert await news.get() == (TOPIC, {"news": "stored"})
        for conversation_id, what in (("c-2", "stored"), ("c-1", "user_typing"), ("c-1", "user_stopped_typing")):
            fake_bot.news.put_nowait(news_of(conversation_id, what))

        assert [(await news.get())[1]["news"] for _ in range(2)] == ["user_typing", "user_stopped_typing"]
        assert news.empty()


async def test_when_the_stream_begins_anew_everything_may_have_been_missed(hub: Hub, fake_bot: FakeBot) -> None:
    with hub.subscribe(TOPIC) as news:
        await news.get()
        fake_bot.news.put_nowait(None)

        assert await news.get() == (TOPIC, {"news": "stored"})


@pytest.mark.parametrize("odd", ["{", "[]", "7", "{}", news_of("c-1", "exploded")])
async def test_news_that_cannot_be_read_are_passed_over(hub: Hub, fake_bot: FakeBot, odd: str) -> None:
    with hub.subscribe(TOPIC) as news:
        await news.get()
        fake_bot.news.put_nowait(odd)
        fake_bot.news.put_nowait(news_of("c-1", "user_typing"))

        assert (await news.get())[1] == {"news": "user_typing"}


async def test_typing_is_told_to_the_bot(desk: Desk, hand_over: Any, fake_bot: FakeBot, reaching: BotClient) -> None:
    await hand_over()
    for on in (True, False):
        await service.tell_typing(replace(desk, bot=reaching), NUMBER, on)

    assert fake_bot.typing == [(f"of {NUMBER}", True), (f"of {NUMBER}", False)]


async def test_typing_that_nobody_hears_is_no_error(desk: Desk, hand_over: Any, fake_bot: FakeBot) -> None:
    await hand_over()
    await service.tell_typing(desk, NUMBER, True)

    assert fake_bot.typing == []


async def test_a_connection_that_is_not_open_is_a_mistake_that_is_told(fake_bot: FakeBot) -> None:
    with pytest.raises(RuntimeError):
        await BotClient(fake_bot.url, "token").post("/desk/conversations/c/typing", {"on": True})
