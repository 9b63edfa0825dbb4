"""The index of words on SQLite: an index without the words, which cannot be asked what it holds of whom."""

from __future__ import annotations

from functools import partial

from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.desk.retention.layout import INDEX
from bot.desk.retention.record import Record
from bot.desk.retention.traces import Trace

_PAGES = 500  # of the index, merged in one transaction
_IS_THERE = text("SELECT count(*) FROM sqlite_master WHERE name = :name")
_MERGE = text(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('merge', :pages)")  # noqa: S608 - a name of ours
_CHANGES = text("SELECT total_changes()")
# Of a word in the index only this tells in which lines it stands.
_LOOK_INSIDE = text(f"CREATE VIRTUAL TABLE temp.inside USING fts5vocab('main', '{INDEX}', 'instance')")
_LOST = text("SELECT count(DISTINCT doc) FROM temp.inside WHERE doc NOT IN (SELECT id FROM main.events)")
_LOOK_AWAY = text("DROP TABLE temp.inside")


async def merge_words(record: Record) -> None:
    """Write the index anew, piece by piece: a word that was taken out is only marked so until then."""
    pages = -_PAGES  # less than nothing: the old pieces too, of whatever age
    while await record.write(partial(_merge, pages=pages)):
        pages = _PAGES


def lost_words(connection: Connection) -> list[Trace]:
    """The lines that the index still knows of and the record does not."""
    if not _has_index(connection):
        return []
    connection.execute(_LOOK_INSIDE)
    rows = int(connection.execute(_LOST).scalar() or 0)
    connection.execute(_LOOK_AWAY)
    return [Trace(INDEX, "words", rows)] if rows else []


def _merge(connection: Connection, pages: int) -> bool:
    """Whether there was something to merge."""
    if not _has_index(connection):
        return False
    before = connection.execute(_CHANGES).scalar()
    connection.execute(_MERGE, {"pages": pages})
    # Fewer than two changes mean that nothing was done.
    return bool(connection.execute(_CHANGES).scalar() - before >= 2)


def _has_index(connection: Connection) -> bool:
    is_sqlite = connection.dialect.name == "sqlite"
    return is_sqlite and bool(connection.execute(_IS_THERE, {"name": f"{INDEX}_data"}).scalar())
