"""The review set: which line should have been taken for what. Works within a transaction of the conversation store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import delete, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.engine import Row as DatabaseRow

from bot.store.review_tables import corrections as table

# Two leads may put the same line right at once.
_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_MOST_COMPARED = 5000
_EXPORTS_SHOWN = 10


@dataclass(frozen=True)
class Correction:
    """A line of the set. `words` are what is learned; `predicted` is what the bot took the line for."""

    event_id: int
    conversation_id: str
    language: str
    words: str
    predicted: str | None
    confidence: float | None
    intent: str
    by: str
    at: datetime
    exported_at: datetime | None = None


@dataclass(frozen=True)
class CorrectionFilter:
    """Which lines of the set are wanted; None asks for nothing."""

    language: str | None = None
    intent: str | None = None
    by: str | None = None
    is_exported: bool | None = None


@dataclass(frozen=True)
class Export:
    """Lines that were given out together."""

    at: datetime
    count: int


def find(connection: Connection, event_id: int) -> Correction | None:
    """What a line was put right to; None where nobody has."""
    row = connection.execute(select(table).where(table.c.event_id == event_id)).first()
    return row and _correction(row)


def keep(connection: Connection, correction: Correction) -> None:
    """Put a line into the set, or right again; it is to be given out (again) then."""
    values = {**vars(correction), "at": correction.at.timestamp(), "exported_at": None}
    adding = _INSERTS[connection.dialect.name](table).values(values)
    connection.execute(adding.on_conflict_do_update(index_elements=[table.c.event_id], set_=values))


def remove(connection: Connection, conversation_id: str, event_id: int) -> bool:
    """Take a line out of the set; whether it was in it."""
    of_line = (table.c.event_id == event_id, table.c.conversation_id == conversation_id)
    return bool(connection.execute(delete(table).where(*of_line)).rowcount)


def page(
    connection: Connection, wanted: CorrectionFilter, after: tuple[float, int] | None, limit: int
) -> list[Correction]:
    """The next lines behind one, given by its time in seconds and its event; the newest first."""
    query = select(table).where(*_conditions(wanted)).order_by(table.c.at.desc(), table.c.event_id.desc())
    if after is not None:
        query = query.where(tuple_(table.c.at, table.c.event_id) < after)
    return [_correction(row) for row in connection.execute(query.limit(limit))]


def newest(connection: Connection) -> list[Correction]:
    """The newest lines of the set, as many as a new one is compared with."""
    return page(connection, CorrectionFilter(), None, _MOST_COMPARED)


def count(connection: Connection, wanted: CorrectionFilter) -> int:
    """How many lines there are."""
    return int(connection.execute(select(func.count()).select_from(table).where(*_conditions(wanted))).scalar_one())


def authors(connection: Connection) -> list[str]:
    """Whoever has put a line right, by name."""
    return list(connection.execute(select(table.c.by).distinct().order_by(table.c.by)).scalars())


def mark_exported(connection: Connection, at: datetime) -> int:
    """Give out every line that has not been given out; how many they are. Of `at` the whole seconds count."""
    waiting = update(table).where(table.c.exported_at.is_(None))
    return int(connection.execute(waiting.values(exported_at=int(at.timestamp()))).rowcount)


def exports(connection: Connection) -> list[Export]:
    """When lines were given out lately, and how many of those are still in the set."""
    query = select(table.c.exported_at, func.count().label("lines")).where(table.c.exported_at.is_not(None))
    rows = connection.execute(
        query.group_by(table.c.exported_at).order_by(table.c.exported_at.desc()).limit(_EXPORTS_SHOWN)
    )
    return [Export(_moment(row.exported_at), row.lines) for row in rows]


def of_export(connection: Connection, at: int) -> Sequence[Correction]:
    """The lines that were given out at a second since 1970, by language and intent."""
    query = select(table).where(table.c.exported_at == at)
    return [
        _correction(row)
        for row in connection.execute(query.order_by(table.c.language, table.c.intent, table.c.event_id))
    ]


def _conditions(wanted: CorrectionFilter) -> list[Any]:
    values = {name: getattr(wanted, name) for name in ("language", "intent", "by")}
    conditions = [table.c[name] == value for name, value in values.items() if value is not None]
    if wanted.is_exported is not None:
        conditions.append(table.c.exported_at.is_not(None) if wanted.is_exported else table.c.exported_at.is_(None))
    return conditions


def _correction(row: DatabaseRow) -> Correction:
    values = dict(row._mapping)
    exported_at = values["exported_at"]
    return Correction(
        **{
            **values,
            "at": _moment(values["at"]),
            "exported_at": None if exported_at is None else _moment(exported_at),
        }
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
