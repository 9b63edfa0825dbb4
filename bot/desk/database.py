"""The desk's database: how it is opened, read and written."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

# A writer on SQLite waits this long for the one before it.
SQLITE_WAIT_MS = 10_000


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[AsyncEngine]:
    """Open the database for as long as the block lasts; an SQLite file's folder is made if need be."""
    engine = create_async_engine(
        url,
        future=True,
        # Otherwise an error's text, and so the log, would repeat what a user wrote.
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        json_serializer=partial(json.dumps, ensure_ascii=False),
    )
    if engine.dialect.name == "sqlite":
        Path(make_url(url).database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine.sync_engine, "connect", _set_up_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    try:
        yield engine
    finally:
        await engine.dispose()


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a connection for reading only."""
    async with engine.connect() as connection:
        yield connection


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """Give a connection whose transaction is committed at the end of the block, or undone by an error."""
    # Not engine.begin(): that one keeps the connection, and its lock, when the commit fails.
    async with engine.execution_options(sqlite_begin="IMMEDIATE").connect() as connection, connection.begin():
        yield connection


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own BEGIN comes too late: a writer must hold the lock before it reads what it changes.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (f"busy_timeout = {SQLITE_WAIT_MS}", "journal_mode = WAL", "foreign_keys = ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
