"""Many rows at once: SQLite prepares a statement once for all of them, PostgreSQL copies them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

_POSTGRESQL = "postgresql"
# The backslash first. One after the other they are many times as fast as `str.translate`.
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
_NEXT_IDS = text("SELECT nextval(pg_get_serial_sequence('events', 'id')) FROM generate_series(1, :count)")
_LAST_ID = text("SELECT max(seq) FROM sqlite_sequence WHERE name = 'events'")
_ADD_WORDS = text("INSERT INTO message_words SELECT event_id, conversation_id, to_tsvector('simple', words) FROM said")


def next_event_ids(connection: Connection, count: int) -> Sequence[int]:
    """Ids for so many events, which nobody else gets, rising."""
    if connection.dialect.name == _POSTGRESQL:
        return sorted(connection.execute(_NEXT_IDS, {"count": count}).scalars())
    # The transaction writes, so no other one gives out ids meanwhile.
    last = connection.execute(_LAST_ID).scalar() or 0
    return range(last + 1, last + 1 + count)


def put(connection: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Add rows to a table."""
    if not rows:
        return
    if connection.dialect.name == _POSTGRESQL:
        names = ", ".join(f'"{column}"' for column in columns)
        with connection.connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", StringIO("".join(map(_line, rows))))
        return
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    # Names of tables and columns are our own.
    connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(map(tuple, rows)))  # noqa: S608


def put_words(connection: Connection, rows: Sequence[tuple[int, str, str]]) -> None:
    """Add the words of events, each with the id of its event and of its conversation, to the index of them."""
    if connection.dialect.name != _POSTGRESQL:
        put(connection, "message_words", ("rowid", "words"), [(event_id, words) for event_id, _, words in rows])
        return
    columns = ("event_id", "conversation_id", "words")
    connection.execute(
        text("CREATE TEMPORARY TABLE said (event_id BIGINT, conversation_id TEXT, words TEXT) ON COMMIT DROP")
    )
    put(connection, "said", columns, rows)
    connection.execute(_ADD_WORDS)


def _line(values: Iterable[Any]) -> str:
    return "\t".join(map(_field, values)) + "\n"


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    written = str(value)
    for character, escaped in _ESCAPES.items():
        written = written.replace(character, escaped)
    return written
