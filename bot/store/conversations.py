"""The list of conversations, by what is asked for, the newest activity first."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select, tuple_
from sqlalchemy.engine import Connection, Row

from bot.store.conversation_filter import ConversationFilter
from bot.store.cursor import Cursor
from bot.store.database import Database
from bot.store.patience import patience
from bot.store.search import conditions_of
from bot.store.summary import Summary
from bot.store.tables import conversations as table

Result = TypeVar("Result")

LONGEST_SEARCH_S = 8.0
_place = tuple_(table.c.last_at, table.c.id)
_NEWEST_FIRST = (table.c.last_at.desc(), table.c.id.desc())
_OLDEST_FIRST = (table.c.last_at, table.c.id)


@dataclass(frozen=True, kw_only=True)
class Conversation(Summary):
    """A conversation so far; ``last_event_id`` is the id of its newest event, ``sample`` its draw from 0 to 9999."""

    id: str
    last_event_id: int
    sample: int


@dataclass(frozen=True)
class Page:
    """Some conversations; ``next`` leads to the following page, None after the last."""

    items: tuple[Conversation, ...]
    next: Cursor | None


@dataclass(frozen=True)
class Neighbours:
    """The ids of the conversations before and behind one in the list; None at its ends."""

    newer: str | None
    older: str | None


async def get(database: Database, conversation_id: str) -> Conversation | None:
    """The conversation of that id; None when there is none."""
    query = select(table).where(table.c.id == conversation_id)
    row = await database.read(lambda connection: connection.execute(query).first())
    return _conversation(row) if row else None


async def page(
    database: Database,
    wanted: ConversationFilter,
    after: Cursor | None = None,
    limit: int = 50,
    *,
    now: float | None = None,
) -> Page:
    """The next conversations behind a cursor; ``now`` in seconds since 1970, by the clock unless it is given.

    Each comes once at most. One that is active meanwhile moves to the front, where the next first page has it.

    Raises:
        TookTooLong: when there is too much to look through.
    """
    return await _search(database, lambda connection: read_page(connection, wanted, after, limit, _moment(now)))


def read_page(connection: Connection, wanted: ConversationFilter, after: Cursor | None, limit: int, now: float) -> Page:
    """The same in a transaction, with the patience of whoever reads."""
    query = select(table).where(*conditions_of(connection, wanted, now)).order_by(*_NEWEST_FIRST).limit(limit + 1)
    if after is not None:
        query = query.where(_place < (after.last_at, after.conversation_id))
    rows = connection.execute(query).all()
    items = tuple(_conversation(row) for row in rows[:limit])
    return Page(items, Cursor(items[-1].last_at, items[-1].id) if len(rows) > limit else None)


async def neighbours(
    database: Database, wanted: ConversationFilter, conversation_id: str, *, now: float | None = None
) -> Neighbours:
    """The next ones of the list to both sides of a conversation, which need not be in it itself.

    Raises:
        TookTooLong: when there is too much to look through.
    """

    def look(connection: Connection) -> Neighbours:
        place = connection.execute(select(table.c.last_at, table.c.id).where(table.c.id == conversation_id)).first()
        if place is None:
            return Neighbours(None, None)
        query = select(table.c.id).where(*conditions_of(connection, wanted, _moment(now))).limit(1)
        newer = query.where(_place > tuple(place)).order_by(*_OLDEST_FIRST)
        older = query.where(_place < tuple(place)).order_by(*_NEWEST_FIRST)
        return Neighbours(connection.execute(newer).scalar(), connection.execute(older).scalar())

    return await _search(database, look)


async def count(database: Database, wanted: ConversationFilter, most: int = 1000, *, now: float | None = None) -> int:
    """How many there are, but no more than ``most``, at which the counting stops.

    Raises:
        TookTooLong: when there is too much to look through.
    """

    def look(connection: Connection) -> int:
        # In the order in which they lie: in any other, each one tested is looked up somewhere else.
        some = select(table.c.id).where(*conditions_of(connection, wanted, _moment(now)))
        some = some.order_by(*_NEWEST_FIRST).limit(most)
        return int(connection.execute(select(func.count()).select_from(some.subquery())).scalar_one())

    return await _search(database, look)


async def _search(database: Database, look: Callable[[Connection], Result]) -> Result:
    def patiently(connection: Connection) -> Result:
        with patience(connection, LONGEST_SEARCH_S):
            return look(connection)

    return await database.read(patiently)


def _moment(now: float | None) -> float:
    return time.time() if now is None else now


def _conversation(row: Row) -> Conversation:
    return Conversation(**row._mapping)
