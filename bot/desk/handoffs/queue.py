"""The queue: in which order hand-offs are served, and what those who wait are told of their place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.handoffs.tables import handoffs
from bot.desk.handoffs.wait import wait_range
from bot.desk.letters.post import post_changes
from bot.desk.presence.duty import count_on_duty
from bot.handoff.states import Change, State

# Fraud first; then those whose agent has gone; then who waits longest.
QUEUE_ORDER = (handoffs.c.priority, handoffs.c.was_served.desc(), handoffs.c.queued_at, handoffs.c.id)
RECKONED_WITH = 50

_PLACES = (
    select(
        handoffs.c.id,
        handoffs.c.number,
        handoffs.c.conversation_id,
        handoffs.c.position,
        handoffs.c.wait_from,
        handoffs.c.wait_to,
    )
    .where(handoffs.c.state == State.QUEUED.value)
    .order_by(*QUEUE_ORDER)
)
_MOVE = (
    update(handoffs)
    .where(handoffs.c.id == bindparam("of_id"))
    .values(position=bindparam("position"), wait_from=bindparam("wait_from"), wait_to=bindparam("wait_to"))
)
_SERVICES = (
    select(handoffs.c.claimed_at, handoffs.c.ended_at)
    .where(
        handoffs.c.claimed_at.is_not(None),
        handoffs.c.ended_at.is_not(None),
        handoffs.c.state.in_([State.RESOLVED.value, State.RETURNED.value]),
    )
    .order_by(handoffs.c.ended_at.desc())
    .limit(RECKONED_WITH)
)


async def recount(connection: AsyncConnection, now: datetime, told_otherwise: int | None = None) -> int:
    """Give everybody in the queue his place and range; the bot is told those that are new. Returns how many are."""
    rows = (await connection.execute(_PLACES)).all()
    if not rows:
        return 0
    agents = await count_on_duty(connection, now)
    services = [(row.ended_at - row.claimed_at).total_seconds() for row in await connection.execute(_SERVICES)]
    places = []
    for place, row in enumerate(rows, start=1):
        wait = wait_range(place, agents, services)
        if (place, *(wait or (None, None))) != (row.position, row.wait_from, row.wait_to):
            places.append((row, place, wait))
    if places:
        await connection.execute(_MOVE, [_values(row, place, wait) for row, place, wait in places])
        told = [_letter(row, place, wait) for row, place, wait in places if row.id != told_otherwise]
        await post_changes(connection, told, now)
    return len(places)


def _values(row: Any, place: int, wait: tuple[int, int] | None) -> dict[str, Any]:
    least, most = wait or (None, None)
    return {"of_id": row.id, "position": place, "wait_from": least, "wait_to": most}


def _letter(row: Any, place: int, wait: tuple[int, int] | None) -> tuple[int, str, dict[str, Any]]:
    body = {"number": row.number, "change": Change.MOVE.value, "position": place, "wait": wait}
    return row.id, row.conversation_id, body
