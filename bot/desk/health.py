"""Whether the desk can serve."""

from __future__ import annotations

import asyncio
import logging

from sanic import HTTPResponse, Request
from sanic.response import json
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.database import reading
from bot.desk.handoffs.tables import handoffs

logger = logging.getLogger(__name__)

PATIENCE_S = 3.0


async def tell_health(request: Request) -> HTTPResponse:
    """Answer 200 when the hand-offs can be read, 503 when not."""
    try:
        await asyncio.wait_for(_read_handoffs(request.app.ctx.engine), PATIENCE_S)
    except (SQLAlchemyError, OSError, asyncio.TimeoutError) as error:
        logger.warning("the hand-offs cannot be read: %s", type(error).__name__)
        return json({"status": "unavailable"}, status=503)
    return json({"status": "ok"})


async def _read_handoffs(engine: AsyncEngine) -> None:
    async with reading(engine) as connection:
        await connection.execute(select(handoffs.c.id).limit(1))
