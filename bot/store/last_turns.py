"""Which of a conversation's events make its tracker: those of the last turns, before them those that still decide."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.engine import Connection, Row

from bot.store.live_tracker import KEPT_EVENTS
from bot.store.tables import events

_STATE = ("slot", "reset_slots", "active_loop", "pause", "resume", "action", "restart", "rewind", "undo")
_TAKES_BACK = ("rewind", "undo")
# Of slots and loops each one's newest event decides, of all other types the newest.
_WHAT_OF = case((events.c.type.in_(("slot", "active_loop")), events.c.name))


def last_turns(connection: Connection, conversation_id: str) -> list[Row]:
    """Id and data of the events, in order; all of the present session, or a few more than a tracker keeps."""
    of_conversation = events.c.conversation_id == conversation_id
    session = select(func.max(events.c.id)).where(of_conversation, events.c.type == "session_started")
    of_session = (of_conversation, events.c.id >= (connection.execute(session).scalar() or 0))
    start = _start_of_last_turns(connection, of_session)
    latest = _events(connection, *of_session, events.c.id >= start)
    if not start:
        return latest
    if any(row.type in _TAKES_BACK for row in latest):
        # What was taken back may reach further than the last turns.
        return _events(connection, *of_session)
    return [*_state_before(connection, of_session, start), *latest]


def _start_of_last_turns(connection: Connection, of_session: tuple[Any, ...]) -> int:
    """The id of the message with which the last turns of a tracker begin; 0 where they are all there is."""
    newest_first = select(events.c.id).where(*of_session).order_by(events.c.id.desc())
    latest = connection.execute(newest_first.offset(KEPT_EVENTS - 1).limit(1)).scalar() or 0
    message = newest_first.where(events.c.id <= latest, events.c.type == "user").limit(1)
    return int(connection.execute(message).scalar() or 0)


def _state_before(connection: Connection, of_session: tuple[Any, ...], start: int) -> list[Row]:
    before = (*of_session, events.c.id < start)
    newest = select(func.max(events.c.id)).where(*before, events.c.type.in_(_STATE))
    found = _events(connection, events.c.id.in_(newest.group_by(events.c.type, _WHAT_OF)))
    if any(row.type in _TAKES_BACK for row in found):
        # Only all that lies before tells what a turn that was taken back had changed.
        return _events(connection, *before)
    return found


def _events(connection: Connection, *wanted: Any) -> list[Row]:
    in_order = select(events.c.id, events.c.type, events.c.data).where(*wanted).order_by(events.c.id)
    rows: list[Row] = connection.execute(in_order).all()
    return rows
