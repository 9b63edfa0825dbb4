"""Looks through every column of every table that may hold words for what must not be there any more."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import quote

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.desk.retention.layout import Layout, holds

USER, _OF = "user_id", "conversation_id"
_AT_ONCE = 40  # names looked for in one reading of a table
_SHOWN = 5
_LIKELY = 6  # characters; a shorter id, or one without a digit, may be anybody's name


@dataclass(frozen=True)
class Names:
    """What tells that something is of a user: his id, his conversations, the numbers of his hand-offs."""

    user_id: str
    conversations: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    @property
    def is_telling(self) -> bool:
        """Whether the user's id is nothing but that wherever it stands, and not a name that others have too."""
        return len(self.user_id) >= _LIKELY and any(sign.isdigit() for sign in self.user_id)

    def spelled(self) -> set[str]:
        """The names that are nobody else's: as they are, as in an address, and as JSON writes them."""
        names = {*self.conversations, *self.numbers, *([self.user_id] if self.is_telling else [])}
        as_json = {json.dumps(name, ensure_ascii=pure)[1:-1] for name in names for pure in (True, False)}
        return {*names, *as_json, *(quote(name, safe="") for name in names)}

    def needles(self) -> list[str]:
        """What is looked for in whatever words: those, and the user's id where JSON says that it is one."""
        users = {json.dumps(self.user_id, ensure_ascii=pure) for pure in (True, False)}
        return sorted(self.spelled() | {f'"{USER}":{blank}{user}' for user in users for blank in ("", " ")})


@dataclass(frozen=True)
class Trace:
    """Rows in which something was found, and where the first of them are."""

    table: str
    column: str
    rows: int
    where: tuple[str, ...] = field(default=())


def traces(connection: Connection, tables: Iterable[Layout], names: Names) -> Iterator[Trace]:
    """Every column that still tells of the user."""
    needles = names.needles()
    pieces = [needles[place : place + _AT_ONCE] for place in range(0, len(needles), _AT_ONCE)]
    for layout in tables:
        for piece in pieces:
            found = {column: _found(connection, layout, column, names, piece) for column in layout.texts}
            # A table is read once for all its columns, and again only where there is something.
            if found and _count(connection, layout, or_(*found.values())):
                for column, condition in found.items():
                    rows = _count(connection, layout, condition)
                    if rows:
                        yield Trace(layout.name, column, rows, _places(connection, layout, condition))


def _found(
    connection: Connection, layout: Layout, column: str, names: Names, needles: Collection[str]
) -> ColumnElement[bool]:
    words = layout.text(column)
    found = [words == names.user_id] if column == USER else []
    # Names of one kind begin alike: words in which that beginning is not are read once, not once for each name.
    for start, alike in groupby(sorted(needles, key=_start), key=_start):
        found.append(and_(holds(connection, words, start), or_(*(holds(connection, words, each) for each in alike))))
    return or_(*found)


def _start(needle: str) -> str:
    return needle[: needle.find("-") + 1] or needle


def mentions(connection: Connection, tables: Iterable[Layout], user_id: str) -> Iterator[Trace]:
    """Every column in whose words the id stands as a word: of the user, or of somebody of that name."""
    word = re.compile(rf"(?<!\w){re.escape(user_id)}(?!\w)")
    for layout in tables:
        found_in = [holds(connection, layout.text(column), user_id) for column in layout.texts]
        if not found_in or not _count(connection, layout, or_(*found_in)):
            continue
        for column in layout.texts:
            words = layout.text(column)
            query = select(words, *_key(layout)).where(holds(connection, words, user_id))
            found = connection.execution_options(stream_results=True).execute(query)
            rows, places = 0, []
            for row in found:
                if word.search(str(row[0])):
                    rows += 1
                    places += [_place(layout, row[1:])] if rows <= _SHOWN else []
            if rows:
                yield Trace(layout.name, column, rows, tuple(places))


def _count(connection: Connection, layout: Layout, condition: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(layout.table).where(condition)).scalar() or 0)


def _places(connection: Connection, layout: Layout, condition: ColumnElement[bool]) -> tuple[str, ...]:
    found = connection.execute(select(true(), *_key(layout)).where(condition).limit(_SHOWN))
    return tuple(_place(layout, row[1:]) for row in found)


def _key(layout: Layout) -> list[ColumnElement[object]]:
    names = [_OF, *layout.key] if layout.has(_OF) and _OF not in layout.key else layout.key
    return [layout.table.c[name] for name in names]


def _place(layout: Layout, values: Collection[object]) -> str:
    return " ".join(str(value) for value in values)
