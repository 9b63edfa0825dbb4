"""Fills what 0004 brought from the events there are: conversation by conversation, each in pieces."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.store.episode_fold import Folding
from bot.store.episode_rows import mark_all_returns
from bot.store.summary import EventData, Summary, sample_of, summarise
from bot.store.tables import episodes
from bot.store.word_index import add_words

_PIECE = 1000  # conversations, and events of one
_TYPES = ("user", "bot", "session_started")
_SLOTS = ("language", "walkthrough", "episode", "handoff")
# What these tables had at this step; later steps may have changed them.
_events = sa.table("events", *map(sa.column, ("id", "conversation_id", "type", "name", "data")))
_conversations = sa.table("conversations", *map(sa.column, ("id", "cause", "sample")))
_EPISODE = (
    "number started_at last_at channel language user_id topic cause outcome user_messages bot_messages person_messages "
    "fallbacks handoff_number handoff_reason asked_at queued_at case_at answered_at given_up_at rating_asked rating "
    "person_rating_asked person_rating returned"
).split()


def fill(connection: Connection) -> None:
    """Write the cause and the sample of each conversation, its episodes and its words."""
    for conversation_id in _conversation_ids(connection):
        _fill(connection, conversation_id)
    mark_all_returns(connection)


def _conversation_ids(connection: Connection) -> Iterator[str]:
    ids = sa.select(_conversations.c.id).order_by(_conversations.c.id).limit(_PIECE)
    found: list[str] = connection.execute(ids).scalars().all()
    while found:
        yield from found
        found = connection.execute(ids.where(_conversations.c.id > found[-1])).scalars().all()


def _fill(connection: Connection, conversation_id: str) -> None:
    folding, summary = Folding(), None
    for piece in _pieces(connection, conversation_id):
        for _, event in piece:
            folding.take(event)
        summary = summarise([event for _, event in piece], summary)
        add_words(connection, conversation_id, piece)
    _write(connection, conversation_id, summary, folding)


def _pieces(connection: Connection, conversation_id: str) -> Iterator[list[tuple[int, EventData]]]:
    is_of_use = sa.or_(_events.c.type.in_(_TYPES), sa.and_(_events.c.type == "slot", _events.c.name.in_(_SLOTS)))
    rows = sa.select(_events.c.id, _events.c.data).where(_events.c.conversation_id == conversation_id, is_of_use)
    rows, after = rows.order_by(_events.c.id).limit(_PIECE), 0
    while found := connection.execute(rows.where(_events.c.id > after)).all():
        yield [(row.id, json.loads(row.data)) for row in found]
        after = found[-1].id


def _write(connection: Connection, conversation_id: str, summary: Summary | None, folding: Folding) -> None:
    values = {"sample": sample_of(conversation_id), "cause": summary.cause if summary else None}
    connection.execute(sa.update(_conversations).where(_conversations.c.id == conversation_id).values(values))
    made: list[dict[str, Any]] = [
        {"conversation_id": conversation_id, **{name: getattr(episode, name) for name in _EPISODE}}
        for episode in folding.episodes
    ]
    if made:
        connection.execute(sa.insert(episodes), made)
