"""Writes conversations into the store piece by piece: one is made while the one before is written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from bot.desk.demo.bulk import next_event_ids, put, put_words
from bot.desk.demo.mix import Mix
from bot.desk.demo.rows import CONVERSATION, EPISODE, EVENT, Written
from bot.store.database import Database
from bot.store.episode_rows import mark_all_returns
from bot.store.review_tables import conversation_notes, conversation_tags, corrections, reviews, saved_filters

Item = TypeVar("Item")
_PIECE = 500  # conversations in a transaction
_ADDED = {"reviews": reviews, "tags": conversation_tags, "notes": conversation_notes, "corrections": corrections}


async def load(database: Database, conversations: Iterable[Written], told: Callable[[int], None]) -> None:
    """Store conversations, and tell how many are stored, again and again. What is stored stays when it is cut short."""
    stored, writing = 0, None
    for piece in _pieces(conversations, _PIECE):
        if writing:
            await writing
            told(stored)
        writing = asyncio.ensure_future(database.write(partial(_store, piece=piece)))
        stored += len(piece)
        # The thread begins; while it waits for the database the next piece is made.
        await asyncio.sleep(0)
    if writing:
        await writing
    await database.write(mark_all_returns)
    told(stored)


async def save_filters(database: Database, mix: Mix, at: float) -> None:
    """Filters that a lead has saved for all."""
    owner = mix["leads"][0]
    rows = [
        {"owner": owner, "name": name, "query": query, "is_shared": True, "at": at}
        for name, query in mix["saved_filters"].items()
    ]
    await database.write(lambda connection: connection.execute(saved_filters.insert(), rows))


def _pieces(items: Iterable[Item], count: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while piece := list(islice(iterator, count)):
        yield piece


def _store(connection: Connection, piece: Sequence[Written]) -> None:
    ids = iter(next_event_ids(connection, sum(len(written.events) for written in piece)))
    events: list[Any] = []
    summaries, words = [], []
    added: dict[str, list[dict[str, Any]]] = {name: [] for name in _ADDED}
    for written in piece:
        own = list(islice(ids, len(written.events)))
        events += [(event_id, *row) for event_id, row in zip(own, written.events, strict=True)]
        summaries.append((*written.summary, own[-1]))
        words += [(own[place], written.conversation_id, said) for place, said in written.words]
        for name, rows in added.items():
            rows += [_with_event(row, own) for row in getattr(written.additions, name)]
    put(connection, "events", EVENT, events)
    put(connection, "conversations", CONVERSATION, summaries)
    put(connection, "episodes", EPISODE, [row for written in piece for row in written.episodes])
    put_words(connection, words)
    for name, rows in added.items():
        if rows:
            connection.execute(_ADDED[name].insert(), rows)


def _with_event(row: dict[str, Any], ids: Sequence[int]) -> dict[str, Any]:
    place = row.get("event_id")
    return row if place is None else {**row, "event_id": ids[place]}
