"""The engine, set up so that both databases keep the same promises: transactions, foreign keys, an end to waiting."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

# How long a writer waits for the one before it.
LOCK_TIMEOUT_SECONDS = 30
# The bot asks for ten fees at once. More than are kept would be opened and closed again for each question.
CONNECTIONS = 20
WRITES = "wallet_writes"
PRAGMAS = (
    # First, as changing the journal may have to wait for another process.
    "busy_timeout = {milliseconds}",
    "journal_mode = WAL",
    # With NORMAL a power cut could take back a payment that was answered already.
    "synchronous = FULL",
    "foreign_keys = ON",
)


def open_engine(database_url: str) -> Any:
    """An engine on SQLite or PostgreSQL; nothing is connected yet."""
    # Parameters hold phones and mails; an error that reaches the log must not quote them.
    options: dict[str, Any] = {
        "future": True,
        "hide_parameters": True,
        "poolclass": AsyncAdaptedQueuePool,
        "pool_size": CONNECTIONS,
    }
    if make_url(database_url).get_backend_name() == "postgresql":
        waiting = {"lock_timeout": str(_milliseconds())}
        # Asked before each use: a server that was started anew has forgotten the connections kept here.
        options |= {"connect_args": {"server_settings": waiting}, "pool_pre_ping": True}
    engine: AsyncEngine = create_async_engine(database_url, **options)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _milliseconds() -> int:
    return LOCK_TIMEOUT_SECONDS * 1000


def _prepare_sqlite(engine: Any) -> None:
    @event.listens_for(engine.sync_engine, "connect")  # type: ignore[untyped-decorator]
    def on_connect(connection: Any, record: Any) -> None:
        # The driver must not begin transactions of its own accord; the listener below does.
        connection.isolation_level = None
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma.format(milliseconds=_milliseconds())}")
        except sqlite3.Error:
            # The driver's thread would outlive the attempt and keep the process from ending.
            connection.close()
            raise

    @event.listens_for(engine.sync_engine, "begin")  # type: ignore[untyped-decorator]
    def on_begin(connection: Any) -> None:
        # A transaction that is going to write takes the lock at once. One that took it on its first write could have
        # read what another has changed meanwhile, and SQLite would refuse it.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
