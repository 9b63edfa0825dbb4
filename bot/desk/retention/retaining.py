"""Removes what is older than it may be kept: conversations, and hand-offs whose conversation is gone."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot.desk.audit.payloads import Action
from bot.desk.audit.service import record as note
from bot.desk.handoffs.work import working
from bot.desk.parts import LONG_AGO
from bot.desk.retention import handoffs, record
from bot.desk.retention.handoffs import Kept
from bot.desk.retention.house import House, Tables
from bot.desk.stopping import Stopped, Stopping

logger = logging.getLogger(__name__)

EVERY_S = 3600.0
# A turn never waits for more than the removal of so many conversations, and gets its turn in the pause.
_AT_ONCE, _PAUSE_S = 10, 0.1

Pause = Callable[[], Awaitable[None]]


@dataclass
class Swept:
    """What went or would go since when, row by table; `held` conversations stay because somebody is to answer them."""

    before: datetime
    record: Counter[str] = field(default_factory=Counter)
    desk: Counter[str] = field(default_factory=Counter)
    held: int = 0

    def __str__(self) -> str:
        conversations, gone = self.record["conversations"], self.desk["handoffs"]
        return f"conversations {conversations}, handoffs {gone}, before {self.before:%Y-%m-%d}"


async def _no_pause() -> None:
    await asyncio.sleep(0)


class Retention:
    """Looks for what is too old, again and again. ``is_dry`` only counts it."""

    def __init__(self, house: House, days: int, pause: Pause = _no_pause, *, is_dry: bool = False) -> None:
        self._house, self._days, self._pause, self._is_dry = house, days, pause, is_dry

    async def sweep(self) -> Swept:
        """Remove in small transactions all that is too old; what went is in the audit, also when it is cut short."""
        swept = Swept(self._house.clock() - timedelta(days=self._days))
        tables = await self._house.tables()
        if not tables.record:
            return swept
        try:
            await self._sweep(swept, tables)
        finally:
            if not self._is_dry and (+swept.record or +swept.desk):
                logger.info("what was too old is gone: %s", swept)
                await note(self._house.desk, None, Action.RETENTION, None, str(swept), None, self._house.clock())
        return swept

    async def _sweep(self, swept: Swept, tables: Tables) -> None:
        async for names in self._stale(swept.before.timestamp()):
            await self._let_go(swept, tables, names)
            await self._pause()
        async for orphans in self._orphans(swept.before):
            swept.desk += await self._of_desk(tables, orphans, {each.conversation_id for each in orphans})
            await self._pause()

    async def _stale(self, before: float) -> AsyncIterator[set[str]]:
        after = (-1.0, "")
        while rows := await self._house.record.read(partial(record.stale, before=before, after=after, most=_AT_ONCE)):
            after = (rows[-1].last_at, rows[-1].id)
            yield {row.id for row in rows}

    async def _orphans(self, before: datetime) -> AsyncIterator[list[Kept]]:
        after = (LONG_AGO, 0)
        while True:
            async with self._house.desk.connect() as connection:
                rows = await connection.run_sync(handoffs.over_since, before, after, _AT_ONCE)
            if not rows:
                break
            after = (rows[-1].ended_at, rows[-1].id)
            known = await self._house.record.read(partial(record.known, names={row.conversation_id for row in rows}))
            gone = [row for row in rows if row.conversation_id not in known]
            orphans = [Kept(row.id, row.number, row.conversation_id) for row in gone]
            if orphans:
                yield orphans

    async def _let_go(self, swept: Swept, tables: Tables, names: set[str]) -> None:
        async with self._house.desk.connect() as connection:
            held = await connection.run_sync(handoffs.held_back, names)
            of_desk = await connection.run_sync(handoffs.of_conversations, names - held)
        swept.held += len(held)
        # The desk first: should it end here, the conversation still tells that there is something to be done.
        swept.desk += await self._of_desk(tables, of_desk, names - held)
        if self._is_dry:
            swept.record += await self._house.record.read(
                partial(record.count, tables=tables.record, names=names - held)
            )
            return
        before = swept.before.timestamp()
        work = partial(record.remove, tables=tables.record, names=names - held, before=before)
        swept.record += await self._house.record.write(work)

    async def _of_desk(self, tables: Tables, found: list[Kept], names: set[str]) -> Counter[str]:
        if self._is_dry:
            async with self._house.desk.connect() as connection:
                counted: Counter[str] = await connection.run_sync(handoffs.count, tables.desk, found)
            return counted
        async with working(self._house.desk, self._house.clock()) as work:
            # Somebody may have opened a case again since they were found.
            held = await work.connection.run_sync(handoffs.held_back, names)
            still = [each for each in found if each.conversation_id not in held]
            removed: Counter[str] = await work.connection.run_sync(handoffs.remove, tables.desk, still)
            removed[handoffs.AUDIT] += await work.connection.run_sync(handoffs.forget_deeds, names - held)
            return removed


async def retain(house: House, days: int, stopping: Stopping) -> None:
    """Sweep once an hour until stopped."""

    async def pause() -> None:
        await stopping.wait(asyncio.sleep(_PAUSE_S))

    retention = Retention(house, days, pause)
    with contextlib.suppress(Stopped):
        while True:
            try:
                await retention.sweep()
            except Stopped:
                raise
            except Exception:
                # A database that is away comes back; what is too old goes then.
                logger.exception("what is too old cannot be removed")
            await stopping.wait(asyncio.sleep(EVERY_S))
