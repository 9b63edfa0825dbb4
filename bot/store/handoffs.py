"""The hand-offs of a conversation: what its slot has been, change by change."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row

from bot.store.database import Database
from bot.store.tables import events

SLOT = "handoff"

# Before there was a queue a conversation remembered its case in a slot of its own: {number, topic, at}.
_SLOT_OF_CASES = "case"

_OF_SLOT = (events.c.type == "slot", events.c.name == SLOT)
_OF_ANY_SLOT = (events.c.type == "slot", events.c.name.in_((SLOT, _SLOT_OF_CASES)))


@dataclass(frozen=True)
class HandoffChange:
    """One change. ``seq`` is the id of its event, ``at`` seconds since 1970, ``standing`` the slot, see domain.yml."""

    seq: int
    at: float
    standing: dict[str, Any]


async def changes_after(
    database: Database, conversation_id: str, after: int = 0, limit: int = 200
) -> list[HandoffChange]:
    """The next changes behind a ``seq``, oldest first."""
    query = (
        select(events.c.id, events.c.data)
        .where(events.c.conversation_id == conversation_id, *_OF_SLOT, events.c.id > after)
        .order_by(events.c.id)
        .limit(limit)
    )
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [change for change in map(_change, rows) if change]


async def handoff_of(database: Database, conversation_id: str) -> dict[str, Any] | None:
    """How the newest hand-off stands; None where there was none."""
    query = (
        select(events.c.id, events.c.data)
        .where(events.c.conversation_id == conversation_id, *_OF_SLOT)
        .order_by(events.c.id.desc())
        .limit(1)
    )
    row = await database.read(lambda connection: connection.execute(query).first())
    change = _change(row) if row else None
    return change.standing if change else None


async def state_of(database: Database, conversation_id: str, number: str) -> str | None:
    """The state in which the conversation has left the hand-off of a number, an earlier one perhaps."""
    query = (
        select(events.c.id, events.c.data)
        .where(events.c.conversation_id == conversation_id, *_OF_ANY_SLOT)
        .order_by(events.c.id.desc())
    )
    rows = await database.read(lambda connection: connection.execute(query).all())
    standings = (change.standing for change in map(_change, rows) if change)
    of_number = (standing for standing in standings if standing.get("number") == number)
    return next((str(standing.get("state", _SLOT_OF_CASES)) for standing in of_number), None)


def _change(row: Row) -> HandoffChange | None:
    event = json.loads(row.data)
    standing = event.get("value")
    return HandoffChange(row.id, float(event["timestamp"]), standing) if standing else None
