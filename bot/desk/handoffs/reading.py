"""Reads hand-offs for the pages: the queue, an agent's own, one with its history."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from bot.desk.database import reading
from bot.desk.errors import NotFoundError
from bot.desk.handoffs.payloads import Handoff, HandoffEvent
from bot.desk.handoffs.queue import QUEUE_ORDER
from bot.desk.handoffs.rows import SELECT_HANDOFF, event_of_row, handoff_of_row
from bot.desk.handoffs.tables import handoff_events, handoffs
from bot.desk.letters.letter import Letter
from bot.desk.letters.post import letters_not_taken
from bot.desk.parts import Desk
from bot.handoff.states import ENDED, SERVED, State

_OF_NUMBER = select(handoff_events).join(handoffs).order_by(handoff_events.c.id)


async def find(desk: Desk, number: str) -> Handoff:
    """Find a hand-off by its number.

    Raises:
        NotFoundError: when there is none.
    """
    found = await _handoffs(desk, SELECT_HANDOFF.where(handoffs.c.number == number))
    if not found:
        raise NotFoundError("there is no hand-off of this number")
    return found[0]


async def waiting(desk: Desk) -> list[Handoff]:
    """Those that wait for a person, in the order in which they are to be served."""
    queued = handoffs.c.state == State.QUEUED.value
    return await _handoffs(desk, SELECT_HANDOFF.where(queued).order_by(*QUEUE_ORDER))


async def of_agent(desk: Desk, agent_id: int) -> list[Handoff]:
    """Those that an agent serves, the longest first."""
    query = SELECT_HANDOFF.where(handoffs.c.agent_id == agent_id, handoffs.c.state.in_(_values(SERVED)))
    return await _handoffs(desk, query.order_by(handoffs.c.claimed_at, handoffs.c.id))


async def recent_of_agent(desk: Desk, agent_id: int, limit: int) -> list[Handoff]:
    """Those that an agent had last and that have ended, newest first."""
    query = SELECT_HANDOFF.where(handoffs.c.agent_id == agent_id, handoffs.c.state.in_(_values(ENDED)))
    return await _handoffs(desk, query.order_by(handoffs.c.ended_at.desc(), handoffs.c.id.desc()).limit(limit))


async def history(desk: Desk, number: str) -> list[HandoffEvent]:
    """What has been done with a hand-off and its case, oldest first."""
    async with reading(desk.engine) as connection:
        query = _OF_NUMBER.where(handoffs.c.number == number)
        return [event_of_row(row) for row in await connection.execute(query)]


async def undelivered(desk: Desk, number: str) -> list[Letter]:
    """What the bot has not taken of a hand-off: not yet, or never."""
    async with reading(desk.engine) as connection:
        query = select(handoffs.c.id).where(handoffs.c.number == number)
        handoff_id: int | None = (await connection.execute(query)).scalar()
        return [] if handoff_id is None else await letters_not_taken(connection, handoff_id)


async def _handoffs(desk: Desk, query: Any) -> list[Handoff]:
    async with reading(desk.engine) as connection:
        return [handoff_of_row(row) for row in await connection.execute(query)]


def _values(states: frozenset[State]) -> list[str]:
    return sorted(state.value for state in states)
