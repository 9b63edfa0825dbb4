"""How long a reading may take: a search without end is given up, so that it holds neither a thread nor the database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError

_STEPS = 10_000  # of SQLite's machine between two looks at the clock: about a millisecond
_CANCELLED = "57014"  # PostgreSQL's code for a statement that was stopped
_INTERRUPTED = "interrupted"  # SQLite's words for the same


class TookTooLong(Exception):
    """What was asked for takes more time than anybody waits."""


@contextmanager
def patience(connection: Connection, seconds: float) -> Iterator[None]:
    """Let what is read within the block take so long: on PostgreSQL each statement, on SQLite all of them together.

    Raises:
        TookTooLong: when it takes longer. The transaction is then of no more use.
    """
    try:
        if connection.dialect.name == "postgresql":
            # Compiling a search takes longer than running it.
            connection.execute(text(f"SET LOCAL statement_timeout = {int(seconds * 1000)}; SET LOCAL jit = off"))
            yield
        else:
            yield from _interrupted_after(connection, seconds)
    except OperationalError as error:
        if getattr(error.orig, "pgcode", None) == _CANCELLED or str(error.orig) == _INTERRUPTED:
            raise TookTooLong from error
        raise


def _interrupted_after(connection: Connection, seconds: float) -> Iterator[None]:
    driver: Any = connection.connection.dbapi_connection
    deadline = time.monotonic() + seconds
    driver.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
