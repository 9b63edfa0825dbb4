"""What leads write about a conversation, or about one line of it: for each other, never for its user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.store.review_tables import conversation_notes as table
from bot.store.tables import events


@dataclass(frozen=True)
class Note:
    """One note; `line` is the seq of the line it is about, None for the whole conversation."""

    id: int
    line: int | None
    by: str
    words: str
    at: datetime


def notes_of(connection: Connection, conversation_id: str) -> list[Note]:
    """Every note of a conversation, oldest first."""
    query = select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.id)
    return [
        Note(row.id, row.event_id, row.by, row.words, datetime.fromtimestamp(row.at, timezone.utc))
        for row in connection.execute(query)
    ]


def has_line(connection: Connection, conversation_id: str, seq: int) -> bool:
    """Whether a seq is that of an event of the conversation."""
    query = select(events.c.id).where(events.c.conversation_id == conversation_id, events.c.id == seq)
    return connection.execute(query).scalar() is not None


def add_note(
    connection: Connection, conversation_id: str, line: int | None, by: str, words: str, now: datetime
) -> None:
    """Add a note."""
    values = {"conversation_id": conversation_id, "event_id": line, "by": by, "words": words, "at": now.timestamp()}
    connection.execute(insert(table).values(values))
