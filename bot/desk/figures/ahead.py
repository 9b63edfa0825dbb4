"""Counts the weeks that are over before anybody asks: whoever opens the dashboard first need not wait for a year."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

from bot.desk.clock import Clock
from bot.desk.figures.period import Period, Span
from bot.desk.figures.scope import ALL, Scope
from bot.desk.figures.weeks import Weeks
from bot.desk.stopping import Stopped, Stopping
from bot.store.database import Database

logger = logging.getLogger(__name__)

_EVERY_S = 3600.0
_EVERYTHING = Scope(ALL, Period(None, None))


@contextlib.asynccontextmanager
async def counting_ahead(weeks: Weeks, database: Database, zone: ZoneInfo, clock: Clock) -> AsyncIterator[None]:
    """Count all weeks at once and again every hour, for as long as the block lasts."""
    stopping = Stopping()
    task = asyncio.create_task(_count(weeks, database, zone, clock, stopping))
    try:
        yield
    finally:
        stopping.stop()
        await task


async def _count(weeks: Weeks, database: Database, zone: ZoneInfo, clock: Clock, stopping: Stopping) -> None:
    with contextlib.suppress(Stopped):
        while True:
            try:
                await weeks.read(database, _EVERYTHING, Span(None, None), zone, clock())
            except Exception:
                # Whoever opens the dashboard is told; a database that is away comes back.
                logger.exception("the weeks cannot be counted ahead")
            await stopping.wait(asyncio.sleep(_EVERY_S))
