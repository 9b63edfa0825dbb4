"""What users tell the product: lines that were taken for feedback, newest first, and what each is about."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text, tuple_
from sqlalchemy.engine import Connection, Row

from bot.store.tables import conversations, events

INTENT, SLOT = "give_feedback", "feedback"
_BATCH = 500
# As the index is described. SQLite, which does not know how rare it is, would else take the index of all intents.
_IS_LINE = {
    "sqlite": text(f"events.type = 'user' AND likelihood(events.name = '{INTENT}', 0.95)"),
    "postgresql": text(f"events.type = 'user' AND events.name = '{INTENT}'"),
}


@dataclass(frozen=True)
class Feedback:
    """One line. ``seq`` is the id of its event, ``said_at`` seconds since 1970; ``user_id`` is None for a guest.

    ``topic`` is that of the walkthrough the user was in, or had been in; None where there was none.
    """

    seq: int
    conversation_id: str
    said_at: float
    text: str
    topic: str | None
    language: str | None
    user_id: str | None


@dataclass(frozen=True)
class FeedbackFilter:
    """Which lines are wanted; None asks for nothing. Times are seconds since 1970, the end is not included."""

    begins: float | None = None
    ends: float | None = None
    channel: str | None = None
    language: str | None = None


def feedback_after(connection: Connection, wanted: FeedbackFilter, after: int | None = None) -> Iterator[Feedback]:
    """The lines behind a ``seq``, or all, newest first; read piece by piece as they are asked for."""
    place = _place(connection, after)
    while True:
        rows = _lines(connection, wanted, place)
        yield from _told(connection, rows)
        if len(rows) < _BATCH:
            return
        place = (rows[-1].at, rows[-1].id)


def _place(connection: Connection, after: int | None) -> tuple[float, int] | None:
    if after is None:
        return None
    row = connection.execute(select(events.c.at, events.c.id).where(events.c.id == after)).first()
    return None if row is None else (row.at, row.id)


def _lines(connection: Connection, wanted: FeedbackFilter, place: tuple[float, int] | None) -> Sequence[Row]:
    shown = (events.c.id, events.c.conversation_id, events.c.at, events.c.data)
    query = select(*shown, conversations.c.language, conversations.c.user_id).where(
        _IS_LINE[connection.dialect.name], conversations.c.id == events.c.conversation_id
    )
    for name in ("channel", "language"):
        value = getattr(wanted, name)
        query = query if value is None else query.where(conversations.c[name] == value)
    query = query if wanted.begins is None else query.where(events.c.at >= wanted.begins)
    query = query if wanted.ends is None else query.where(events.c.at < wanted.ends)
    query = query if place is None else query.where(tuple_(events.c.at, events.c.id) < place)
    found: Sequence[Row] = connection.execute(
        query.order_by(events.c.at.desc(), events.c.id.desc()).limit(_BATCH)
    ).all()
    return found


def _told(connection: Connection, rows: Sequence[Row]) -> Iterable[Feedback]:
    filed = _filed(connection, {row.conversation_id for row in rows})
    for row in rows:
        words = str(json.loads(row.data).get("text") or "")
        yield Feedback(
            seq=row.id,
            conversation_id=row.conversation_id,
            said_at=row.at,
            text=words,
            topic=_topic(filed[row.conversation_id], row.id, words),
            language=row.language,
            user_id=row.user_id,
        )


def _filed(connection: Connection, conversation_ids: set[str]) -> defaultdict[str, list[tuple[int, dict[str, Any]]]]:
    """What the bot filed, by conversation: the newest entry of the slot each time that it was set."""
    query = (
        select(events.c.id, events.c.conversation_id, events.c.data)
        .where(events.c.conversation_id.in_(conversation_ids), events.c.type == "slot", events.c.name == SLOT)
        .order_by(events.c.id)
    )
    found: defaultdict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for row in connection.execute(query):
        entries = json.loads(row.data).get("value")
        if isinstance(entries, list) and entries and isinstance(entries[-1], dict):
            found[row.conversation_id].append((row.id, entries[-1]))
    return found


def _topic(filed: list[tuple[int, dict[str, Any]]], seq: int, text: str) -> str | None:
    # While a person serves nothing is filed, so what was filed next may be another line's.
    entry = next((entry for place, entry in filed if place > seq), {})
    words = entry.get("words")
    is_of_line = isinstance(words, str) and bool(words) and text.startswith(words)
    return str(entry["topic"]) if is_of_line and entry.get("topic") else None
