"""Tells the user that an agent is writing."""

from __future__ import annotations

import asyncio
import logging
from urllib.parse import quote

import aiohttp

from bot.desk.handoffs.reading import find
from bot.desk.parts import Desk

logger = logging.getLogger(__name__)


async def tell_typing(desk: Desk, number: str, on: bool) -> None:
    """Tell it if the bot can be reached; nothing is lost if it cannot."""
    conversation_id = (await find(desk, number)).packet.conversation_id
    try:
        await desk.bot.post(f"/desk/conversations/{quote(conversation_id, safe='')}/typing", {"on": on})
    except (aiohttp.ClientError, asyncio.TimeoutError) as error:
        logger.debug("typing was not told: %s", type(error).__name__)
