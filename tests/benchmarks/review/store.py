"""The databases that are measured: on SQLite and PostgreSQL, filled once and kept for the next time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from bot.store.database import open_engine, plain_url
from bot.store.tables import conversations
from tests.benchmarks.review.desk import settings_of
from tests.stack.postgres import kept_server

_DAYS = 365
# What somebody who keeps a million conversations would set; the rest is as PostgreSQL comes.
_SERVER = {"shared_buffers": "1GB", "effective_cache_size": "4GB", "work_mem": "32MB", "max_wal_size": "8GB"}


@dataclass(frozen=True)
class Store:
    """A filled database: its kind, how many conversations it has, its address."""

    kind: str
    conversations: int
    url: str


@contextmanager
def sqlite_store(folder: Path, count: int) -> Iterator[Store]:
    """A file with so many conversations."""
    folder.mkdir(parents=True, exist_ok=True)
    yield _filled("SQLite", f"sqlite:///{folder}/conversations-{count}.sqlite", count)


@contextmanager
def postgresql_store(folder: Path, count: int) -> Iterator[Store]:
    """A database with so many conversations, on a server that ends with the block. Raises NoPostgres."""
    with kept_server(folder / "postgresql", _SERVER) as server:
        yield _filled("PostgreSQL", server.database(f"conversations_{count}"), count)


def _filled(kind: str, url: str, count: int) -> Store:
    if not _is_full(url, count):
        for words in (["--remove"], ["--conversations", str(count), "--days", str(_DAYS)]):
            command = [sys.executable, "-m", "bot", "desk", "demo-data", *words]
            subprocess.run(command, env={**os.environ, **settings_of(url)}, check=True)
        _tidy(url)
    return Store(kind, count, url)


def _is_full(url: str, count: int) -> bool:
    engine = open_engine(plain_url(url), 1)
    try:
        with engine.connect() as connection:
            has_table = engine.dialect.has_table(connection, conversations.name)
            return has_table and connection.execute(select(func.count()).select_from(conversations)).scalar() == count
    finally:
        engine.dispose()


def _tidy(url: str) -> None:
    """What the database does by itself in time: statistics, and on PostgreSQL which rows all may see."""
    engine = open_engine(plain_url(url), 1)
    statement = "VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "ANALYZE"
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        if engine.dialect.name == "postgresql":
            driver.autocommit = True
        cursor = driver.cursor()
        cursor.execute(statement)
        cursor.close()
    engine.dispose()
