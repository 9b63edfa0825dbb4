"""The tables of a database as they are now, those of later versions and of other programs among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, column, func, inspect, table
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement, TableClause
from sqlalchemy.types import Boolean, Date, DateTime, Integer, LargeBinary, Numeric, String, Time, TypeEngine

INDEX = "message_words"  # of the conversation store: on SQLite a virtual table, whose words nobody can read back
_WITHOUT_WORDS = (Boolean, Date, DateTime, Integer, LargeBinary, Numeric, Time)


@dataclass(frozen=True)
class Reference:
    """A column of a table that names a row of another one."""

    column: str
    table: str
    referred: str


@dataclass(frozen=True)
class Layout:
    """One table: its columns, those of them that may hold words, its key, and what it refers to."""

    table: TableClause
    texts: tuple[str, ...]
    strings: tuple[str, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]

    @property
    def name(self) -> str:
        """The table's name."""
        return str(self.table.name)

    def has(self, *names: str) -> bool:
        """Whether the table has all of these columns."""
        return all(name in self.table.c for name in names)

    def text(self, name: str) -> ColumnElement[str]:
        """A column as the words it holds, whatever its type."""
        found = self.table.c[name]
        return found if name in self.strings else cast(found, Text)


def layouts(connection: Connection) -> list[Layout]:
    """All tables of the database, in the order of their names."""
    inspector = inspect(connection)
    names = sorted(inspector.get_table_names())
    if connection.dialect.name == "sqlite":
        names = [name for name in names if not name.startswith(("sqlite_", INDEX))]
    return [_layout(inspector, name) for name in names]


def holds(connection: Connection, words: ColumnElement[str], needle: str) -> ColumnElement[bool]:
    """Whether a column has the needle in it, letter by letter: LIKE would take upper and lower case for the same."""
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    found: ColumnElement[bool] = place(words, needle) > 0
    return found


def _layout(inspector: Any, name: str) -> Layout:
    columns = {each["name"]: each["type"] for each in inspector.get_columns(name)}
    references = (
        Reference(local, foreign["referred_table"], referred)
        for foreign in inspector.get_foreign_keys(name)
        for local, referred in zip(foreign["constrained_columns"], foreign["referred_columns"], strict=True)
    )
    return Layout(
        table(name, *(column(each, kind) for each, kind in columns.items())),
        texts=tuple(each for each, kind in columns.items() if _may_hold_words(kind)),
        strings=tuple(each for each, kind in columns.items() if isinstance(kind, String)),
        key=tuple(inspector.get_pk_constraint(name)["constrained_columns"]),
        references=tuple(references),
    )


def _may_hold_words(kind: TypeEngine) -> bool:
    # A type that is not known is looked at as well.
    return not isinstance(kind, _WITHOUT_WORDS)
