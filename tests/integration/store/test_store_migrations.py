"""The schema of the conversation store."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.review_tables import REVIEW_TABLES
from bot.store.tables import metadata

TABLES = {*metadata.tables, "store_version", "message_words"}


@pytest.fixture
def empty(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def tables(connection: Connection) -> set[str]:
    # FTS5 keeps an index in tables of its own.
    return {
        name for name in inspect(connection).get_table_names() if not name.startswith(("sqlite_", "message_words_"))
    }


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
    differing: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    return differing


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    is_others = kind == "table" and (name in ("sqlite_sequence", "store_version") or "message_words" in str(name))
    return not is_others


async def test_an_empty_database_is_brought_to_the_schema_of_the_tables(empty: Database) -> None:
    empty.migrate(migrate)
    assert await empty.read(tables) == TABLES
    assert await empty.read(differences) == []


async def test_migrating_again_changes_nothing(empty: Database) -> None:
    empty.migrate(migrate)
    empty.migrate(migrate)
    version = text("SELECT version_num FROM store_version")
    assert await empty.read(lambda connection: connection.execute(version).scalars().all()) == ["0004"]


async def test_workers_that_start_together_migrate_once(url: str, empty: Database) -> None:
    workers = [Database(url) for _ in range(6)]
    with ThreadPoolExecutor(len(workers)) as pool:
        list(pool.map(lambda worker: worker.migrate(migrate), workers))
    for worker in workers:
        worker.close()
    assert await empty.read(tables) == TABLES


async def test_a_migration_that_fails_leaves_nothing(empty: Database) -> None:
    def fail(connection: Connection) -> None:
        migrate(connection)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        empty.migrate(fail)
    assert await empty.read(tables) == set()
    empty.migrate(migrate)
    assert await empty.read(tables) == TABLES


async def test_the_tables_of_support_leads_are_made(empty: Database) -> None:
    empty.migrate(migrate)
    assert await empty.read(tables) >= {table.name for table in REVIEW_TABLES}
