"""Listens to the bot for what is new in the conversations, and tells the pages that show them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator

import aiohttp

from bot.desk.letters.bot_client import BotClient
from bot.desk.live.hub import CONVERSATION, Hub, of_conversation
from bot.desk.stopping import Stopped, Stopping

logger = logging.getLogger(__name__)

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 10.0
_STORED = {"news": "stored"}
_NEWS = ("stored", "user_typing", "user_stopped_typing")


async def listen(bot: BotClient, hub: Hub, stopping: Stopping) -> None:
    """Listen until stopped; what may have been missed while the stream was broken is told as stored."""
    with contextlib.suppress(Stopped):
        await stopping.wait(_listen(bot, hub))


async def _listen(bot: BotClient, hub: Hub) -> None:
    pause = SHORTEST_PAUSE_S
    is_away = False
    while True:
        try:
            async with bot.stream("/desk/news") as lines:
                if is_away:
                    logger.info("the bot tells its news again")
                pause, is_away = SHORTEST_PAUSE_S, False
                hub.publish_to_all(CONVERSATION, _STORED)
                await _tell(lines, hub)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            if not is_away:
                logger.warning("the bot does not tell its news: %s", type(error).__name__)
            is_away = True
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE_S)


async def _tell(lines: AsyncIterator[str], hub: Hub) -> None:
    async for line in lines:
        if line.startswith("data:"):
            _publish(line.removeprefix("data:"), hub)


def _publish(text: str, hub: Hub) -> None:
    try:
        data = json.loads(text)
        conversation_id, news = data["conversation_id"], data["news"]
    except (ValueError, KeyError, TypeError):
        logger.warning("the bot told news that cannot be read")
        return
    if news not in _NEWS:
        return
    if conversation_id is None:
        hub.publish_to_all(CONVERSATION, {"news": news})
    else:
        hub.publish(of_conversation(conversation_id), {"news": news})
