"""The database of the conversation store: opened with a plain driver, worked with on threads of its own."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.pool import QueuePool

Result = TypeVar("Result")

DEFAULT_URL = "sqlite:///var/conversations.sqlite"
SQLITE_WAIT_MS = 10_000  # a writer waits this long for the one before it
_WRITES = "store_writes"
# By default PostgreSQL lets each statement of a transaction see another state.
_OF_READS = {"postgresql": {"isolation_level": "REPEATABLE READ"}}
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg2"}
_THREADS = 4


class Database:
    """Transactions that leave the event loop alone.

    A transaction runs as a whole on one thread: an asynchronous driver would cross over for each of its statements,
    which costs more than the statements.
    """

    def __init__(self, url: str, threads: int = _THREADS) -> None:
        self.url = plain_url(url)
        self.engine = open_engine(self.url, threads + 1)
        self._readers = ThreadPoolExecutor(threads, "store")
        # SQLite has one writer at a time, and lets the others sleep and ask again.
        self._writers = self._readers if self.is_shared else ThreadPoolExecutor(1, "store-writer")
        self._of_reads = {_WRITES: False, **_OF_READS.get(self.engine.dialect.name, {})}

    @property
    def is_shared(self) -> bool:
        """Whether workers of several machines may use it."""
        return str(self.engine.dialect.name) == "postgresql"

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """What the work finds, in a transaction that sees one state of the database."""
        return await self._run(self._readers, partial(self._transact, work, writes=False))

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """What the work returns, its changes kept as a whole; an error undoes them.

        Who is cancelled meanwhile goes only when the changes are kept or undone.
        """
        return await self._run(self._writers, partial(self._transact, work, writes=True))

    async def _run(self, threads: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        running = asyncio.get_running_loop().run_in_executor(threads, work)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            # The thread goes on without us: what is being written must be there before a lock is given back.
            await asyncio.wait([running])
            raise

    def _transact(self, work: Callable[[Connection], Result], writes: bool) -> Result:
        # Not engine.begin(): that one keeps the connection, and its lock, when the commit fails.
        with self.engine.connect() as connection:
            connection = connection.execution_options(**({_WRITES: True} if writes else self._of_reads))
            with connection.begin():
                return work(connection)

    def migrate(self, migration: Callable[[Connection], None]) -> None:
        """Run a migration in a transaction, before the event loop has anything to do."""
        self._transact(migration, writes=True)

    def close(self) -> None:
        """Wait for what runs, give all connections back."""
        self._readers.shutdown()
        self._writers.shutdown()
        self.engine.dispose()


def plain_url(url: str) -> URL:
    """The address with the driver that the store works with, whichever driver it names.

    Raises ValueError for a database that is neither SQLite nor PostgreSQL.
    """
    parsed = make_url(url)
    driver = _DRIVERS.get(parsed.get_backend_name())
    if driver is None:
        raise ValueError(f"the conversation store is on SQLite or PostgreSQL, not on {parsed.get_backend_name()}")
    return parsed.set(drivername=driver)


def open_engine(url: URL, connections: int) -> Engine:
    """An engine on SQLite or PostgreSQL; an SQLite file's folder is made if need be. Nothing is connected yet."""
    is_sqlite = url.get_backend_name() == "sqlite"
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}} if is_sqlite else {"pool_pre_ping": True}
    engine: Engine = create_engine(
        url,
        future=True,
        # Otherwise an error's text, and so the log, would repeat what a user wrote.
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        **options,
    )
    if is_sqlite:
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN comes too late: a writer must hold the lock before it reads what it changes.
    connection.isolation_level = None
    for pragma in (f"busy_timeout = {SQLITE_WAIT_MS}", "journal_mode = WAL", "synchronous = NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = is_writing(connection.get_execution_options())
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_writing(options: Mapping[str, Any]) -> bool:
    """Whether a transaction with these execution options is one that writes."""
    return bool(options.get(_WRITES, False))
