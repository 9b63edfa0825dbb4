"""What happens at the desk because time passes: who waited too long, whose agent is gone, how long the wait is now."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.desk.agents.tables import agents
from bot.desk.database import reading
from bot.desk.handoffs.moves import DESK, defer, requeue
from bot.desk.handoffs.payloads import Why
from bot.desk.handoffs.tables import handoffs
from bot.desk.handoffs.work import changing
from bot.desk.parts import Desk
from bot.desk.presence.duty import count_on_duty
from bot.desk.presence.tables import presence
from bot.desk.stopping import Stopped, Stopping
from bot.handoff.states import SERVED, State, is_served

logger = logging.getLogger(__name__)

PAUSE_S = 5.0
ABSENT = "absent"

_QUEUED = select(handoffs.c.number, handoffs.c.queued_at).where(handoffs.c.state == State.QUEUED.value)
_SERVED = (
    select(handoffs.c.number, handoffs.c.claimed_at, presence.c.seen_at)
    .select_from(handoffs.outerjoin(agents, agents.c.id == handoffs.c.agent_id).outerjoin(presence))
    .where(handoffs.c.state.in_(sorted(state.value for state in SERVED)))
)


class Sweeper:
    """Looks through the desk again and again."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._empty_since: datetime | None = None

    async def run(self, stopping: Stopping) -> None:
        """Sweep until stopped."""
        with contextlib.suppress(Stopped):
            while True:
                try:
                    await self.sweep_once()
                except Exception:
                    # Whatever it was, those who wait must not be forgotten for it.
                    logger.exception("the queue cannot be looked through")
                await stopping.wait(asyncio.sleep(PAUSE_S))

    async def sweep_once(self) -> None:
        """Do what is due now, and deliver what another program has left, such as a case resolved in a terminal."""
        now = self._desk.clock()
        for number in await self._forsaken(now):
            await self._requeue(number)
        nobody = await self._nobody_comes(now)
        for number, queued_at in await self._queued():
            if now - max(queued_at, self._desk.started_at) > self._desk.limits.longest_wait:
                await self._defer(number, Why.WAITED)
            elif nobody is not None:
                await self._defer(number, nobody)
        async with changing(self._desk) as work:
            await work.recount()

    async def _forsaken(self, now: datetime) -> list[str]:
        async with reading(self._desk.engine) as connection:
            rows = (await connection.execute(_SERVED)).all()
        longest = self._desk.limits.longest_absence
        started_at = self._desk.started_at
        return [row.number for row in rows if now - max(_last_heard_of(row), started_at) > longest]

    async def _queued(self) -> list[Any]:
        async with reading(self._desk.engine) as connection:
            return [(row.number, row.queued_at) for row in await connection.execute(_QUEUED)]

    async def _nobody_comes(self, now: datetime) -> Why | None:
        """Why those who wait would wait in vain, once nobody has been on duty for long enough."""
        async with reading(self._desk.engine) as connection:
            if await count_on_duty(connection, now):
                self._empty_since = None
                return None
        self._empty_since = self._empty_since or now
        if now - self._empty_since < self._desk.limits.longest_empty:
            return None
        return Why.NOBODY if self._desk.hours.is_open(now) else Why.CLOSED

    async def _defer(self, number: str, why: Why) -> None:
        async with changing(self._desk) as work:
            handoff = await work.find(number)
            # Claimed since the list was read: then there is nothing to do.
            if handoff.state is State.QUEUED:
                await defer(work, self._desk.hours, handoff, DESK, why)

    async def _requeue(self, number: str) -> None:
        async with changing(self._desk) as work:
            handoff = await work.find(number)
            if is_served(handoff.state):
                await requeue(work, handoff, ABSENT)


def _last_heard_of(row: Any) -> datetime:
    """When the agent was last heard of; that he claimed it was a sign of him as well."""
    moments: list[datetime] = [moment for moment in (row.claimed_at, row.seen_at) if moment is not None]
    return max(moments)
