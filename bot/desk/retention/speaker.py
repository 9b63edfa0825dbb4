"""Finds the conversations of one user in the record, those he began as a guest and proved himself in later too."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from sqlalchemy import or_, select
from sqlalchemy.engine import Connection

from bot.desk.retention.layout import Layout, holds
from bot.desk.retention.record import pieces
from bot.desk.retention.traces import USER
from bot.store.tables import conversations, events

_LINK = "channel_link"  # the slot that says who confirmed that it is he who writes
_OF, _NUMBER = "conversation_id", "handoff_number"


def conversations_of(connection: Connection, tables: Iterable[Layout], user_id: str) -> set[str]:
    """The ids of all conversations in which the user was the speaker at any time."""
    found = _spoken_in(connection, user_id)
    for layout in tables:
        named_by = "id" if layout.name == conversations.name else _OF
        if layout.has(USER, named_by):
            query = select(layout.table.c[named_by]).where(layout.table.c[USER] == user_id).distinct()
            found.update(connection.execute(query).scalars())
    return found


def numbers_of(connection: Connection, tables: Iterable[Layout], names: Collection[str]) -> set[str]:
    """The hand-offs that the conversations know of, whether the desk has them or not."""
    found: set[str] = set()
    for layout in tables:
        if layout.has(_OF, _NUMBER):
            for some in pieces(names):
                query = select(layout.table.c[_NUMBER]).where(layout.table.c[_OF].in_(some)).distinct()
                found.update(number for number in connection.execute(query).scalars() if number)
    return found


def _spoken_in(connection: Connection, user_id: str) -> set[str]:
    """Each message tells who was proven to speak, a confirmed link who wrote; the rows tell the last one alone."""
    said = {f'"{USER}": {json.dumps(user_id, ensure_ascii=pure)}' for pure in (True, False)}
    tells = or_(*(holds(connection, events.c.data, words) for words in sorted(said)))
    query = select(events.c.conversation_id, events.c.data).where(events.c.type.in_(("user", "slot")), tells)
    rows = connection.execution_options(stream_results=True).execute(query)
    return {row.conversation_id for row in rows if _speaker(json.loads(row.data)) == user_id}


def _speaker(event: dict[str, object]) -> object:
    value = event.get("value")
    if event.get("name") == _LINK:
        return value.get(USER) if isinstance(value, dict) else None
    metadata = event.get("metadata")
    identity = metadata.get("identity") if isinstance(metadata, dict) else None
    return identity.get(USER) if isinstance(identity, dict) else None
