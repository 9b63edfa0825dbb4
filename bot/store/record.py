"""What a turn adds to the record, as a whole: its events, and what is folded from them. Without Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection, Row

from bot.store.episode_fold import fold
from bot.store.episode_rows import load_episodes, write_episodes
from bot.store.event_row import row_of
from bot.store.summary import EventData, Summary, sample_of, summarise
from bot.store.tables import conversations, events
from bot.store.word_index import add_words

_COLUMNS = [conversations.c[field.name] for field in fields(Summary)]

# Made once: to put them together takes longer than to run them.
_ROW = select(conversations).where(conversations.c.id == bindparam("of_id")).with_for_update()
_ADD = insert(events)
_NEWEST = (
    select(events.c.id)
    .where(events.c.conversation_id == bindparam("of_id"))
    .order_by(events.c.id.desc())
    .limit(bindparam("count"))
)
_BEGIN = insert(conversations)
_CHANGE = update(conversations).where(conversations.c.id == bindparam("of_id"))
_CHANGE = _CHANGE.values({column.name: bindparam(column.name) for column in (*_COLUMNS, conversations.c.last_event_id)})


class Added(NamedTuple):
    """The id of the conversation's newest event ``before`` the turn, 0 where it was the first, and ``now``."""

    before: int
    now: int


def append(connection: Connection, conversation_id: str, added: Sequence[EventData]) -> Added:
    """Add events, of which there is at least one, and what follows from them. Raises SQLAlchemyError."""
    row = connection.execute(_ROW, {"of_id": conversation_id}).first()
    # After the row, which is locked: what another worker has changed of them must be seen.
    before = load_episodes(connection, conversation_id) if row else []
    connection.execute(_ADD, [row_of(conversation_id, event) for event in added])
    ids = connection.execute(_NEWEST, {"of_id": conversation_id, "count": len(added)}).scalars().all()
    summary = _summary(row) if row else None
    values = {**vars(summarise(added, summary)), "last_event_id": ids[0]}
    if row:
        connection.execute(_CHANGE, {**values, "of_id": conversation_id})
    else:
        connection.execute(_BEGIN, {**values, "id": conversation_id, "sample": sample_of(conversation_id)})
    episodes = fold(before, added, summary.handoff_state if summary else None)
    write_episodes(connection, conversation_id, before, episodes)
    add_words(connection, conversation_id, zip(reversed(ids), added, strict=True))
    return Added(row.last_event_id if row else 0, ids[0])


def _summary(row: Row) -> Summary:
    return Summary(**{field.name: getattr(row, field.name) for field in fields(Summary)})
