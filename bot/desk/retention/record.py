"""The conversation store, opened to remove conversations from it: the one other writer of what the bot records."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, event, func, inspect, or_, select, text
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import ColumnElement, TableClause

from bot.desk.retention.layout import INDEX, Layout
from bot.store.advisory_locks import key_of
from bot.store.database import Database
from bot.store.tables import conversations, events
from bot.store.word_index import remove_words, words_of

_AT_ONCE = 500  # names in one statement
_OF = "conversation_id"
_TAKE_LOCK = text("SELECT pg_advisory_xact_lock(:key)")


class Record(Database):
    """The conversation store. What is removed from a file on SQLite is overwritten there."""

    def __init__(self, url: str) -> None:
        super().__init__(url, threads=1)
        self.file = None if self.is_shared else Path(self.url.database or "")
        if self.file is not None:
            event.listen(self.engine, "connect", _overwrite_what_is_removed)

    async def is_there(self) -> bool:
        """Whether the bot has made it yet. Connecting would make the file, which is the bot's to make."""
        if self.file is not None and not self.file.exists():
            return False
        return await self.read(lambda connection: bool(inspect(connection).has_table(events.name)))


def stale(connection: Connection, before: float, after: tuple[float, str], most: int) -> list[Row]:
    """Id and last_at of the next conversations without activity since ``before``, behind that last_at and id."""
    last_at, name = conversations.c.last_at, conversations.c.id
    later = or_(last_at > after[0], and_(last_at == after[0], name > after[1]))
    query = select(name, last_at).where(last_at < before, later).order_by(last_at, name).limit(most)
    rows: list[Row] = connection.execute(query).all()
    return rows


def known(connection: Connection, names: Collection[str]) -> set[str]:
    """Which of these conversations there are."""
    found: set[str] = set()
    for some in pieces(names):
        for column in (conversations.c.id, events.c.conversation_id):
            found.update(connection.execute(select(column).where(column.in_(some)).distinct()).scalars())
    return found


def count(connection: Connection, tables: Iterable[Layout], names: Collection[str]) -> Counter[str]:
    """How many rows of each table these conversations have."""

    def count_rows(table: TableClause, condition: ColumnElement[bool]) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(condition)).scalar() or 0)

    counted = _each(tables, names, count_rows)
    counted[INDEX] += len(_lines_in_index(connection, names))
    return counted


def remove(
    connection: Connection, tables: Iterable[Layout], names: Collection[str], before: float | None = None
) -> Counter[str]:
    """Remove conversations from every table; how many rows of each. With ``before`` those alone that are still stale.

    On PostgreSQL a turn that is under way is waited for; on SQLite it is lost, and its message sent again.
    """
    if connection.dialect.name == "postgresql":
        for name in sorted(names):
            connection.execute(_TAKE_LOCK, {"key": key_of(name)})
    if before is not None:
        names = _still_stale(connection, names, before)
    # The index of SQLite has no column to find them by; what is in it follows from what was said.
    lines = _lines_in_index(connection, names)
    remove_words(connection, lines)

    def remove_rows(table: TableClause, condition: ColumnElement[bool]) -> int:
        return int(connection.execute(delete(table).where(condition)).rowcount)

    removed = _each(tables, names, remove_rows)
    removed[INDEX] += len(lines)
    return removed


def pieces(names: Collection[Any]) -> Iterator[list[Any]]:
    """Names in pieces that a statement can hold."""
    ordered = sorted(names)
    for place in range(0, len(ordered), _AT_ONCE):
        yield ordered[place : place + _AT_ONCE]


def _each(
    tables: Iterable[Layout], names: Collection[str], do: Callable[[TableClause, ColumnElement[bool]], int]
) -> Counter[str]:
    done: Counter[str] = Counter()
    for layout in tables:
        # The conversation's own row is named by its id, all else by the conversation it belongs to.
        named_by = "id" if layout.name == conversations.name else _OF
        if layout.has(named_by):
            done[layout.name] = sum(do(layout.table, layout.table.c[named_by].in_(some)) for some in pieces(names))
    return done


def _still_stale(connection: Connection, names: Collection[str], before: float) -> list[str]:
    still: list[str] = []
    for some in pieces(names):
        condition = (conversations.c.id.in_(some), conversations.c.last_at < before)
        still += connection.execute(select(conversations.c.id).where(*condition).with_for_update()).scalars()
    return still


def _lines_in_index(connection: Connection, names: Collection[str]) -> list[tuple[int, str]]:
    """Id and data of the events whose words are in an index that is not a table like the others."""
    if connection.dialect.name != "sqlite" or not inspect(connection).has_table(INDEX):
        return []
    found: list[tuple[int, str]] = []
    for some in pieces(names):
        query = select(events.c.id, events.c.data).where(events.c.conversation_id.in_(some))
        found += [(row.id, row.data) for row in connection.execute(query) if words_of(json.loads(row.data))]
    return found


def _overwrite_what_is_removed(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA secure_delete = ON")
