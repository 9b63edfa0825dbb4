"""Transactions of the store's database."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.engine import Connection

from bot.store.database import Database, plain_url
from bot.store.tables import events
from bot.store.tracker_store import ConversationStore

EVENT = {"conversation_id": "terminal-1", "type": "user", "name": None, "at": 1.0, "data": "{}"}


def count(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(events)).scalar())


def add(connection: Connection) -> None:
    connection.execute(insert(events).values(**EVENT))


async def test_a_read_sees_one_state_though_somebody_writes_meanwhile(database: Database) -> None:
    counted, written = threading.Event(), threading.Event()

    def count_twice(connection: Connection) -> tuple[int, int]:
        first = count(connection)
        counted.set()
        written.wait(5)
        return first, count(connection)

    reading = asyncio.create_task(database.read(count_twice))
    await asyncio.to_thread(counted.wait, 5)
    await database.write(add)
    written.set()
    assert await reading == (0, 0)
    assert await database.read(count) == 1


async def test_a_write_that_fails_is_undone_and_keeps_no_connection(database: Database) -> None:
    def add_and_fail(connection: Connection) -> None:
        add(connection)
        raise RuntimeError

    for _ in range(10):
        with pytest.raises(RuntimeError):
            await database.write(add_and_fail)
    assert await database.read(count) == 0
    assert database.engine.pool.checkedout() == 0


async def test_an_id_is_never_given_twice(database: Database) -> None:
    await database.write(add)
    await database.write(lambda connection: connection.execute(text("DELETE FROM events")))
    await database.write(add)
    assert await database.read(lambda connection: connection.execute(select(events.c.id)).scalar()) == 2


async def test_the_folder_of_a_file_is_made(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    await database.read(lambda connection: connection.execute(select(1)).scalar())
    database.close()


@pytest.mark.parametrize(
    ("named", "used"),
    [
        ("sqlite:///var/x.sqlite", "sqlite:///var/x.sqlite"),
        ("sqlite+aiosqlite:///var/x.sqlite", "sqlite:///var/x.sqlite"),
        ("postgresql://bot@db/hotline", "postgresql+psycopg2://bot@db/hotline"),
        ("postgresql+asyncpg://bot@db/hotline", "postgresql+psycopg2://bot@db/hotline"),
    ],
)
def test_whichever_driver_an_address_names_ours_is_used(named: str, used: str) -> None:
    assert str(plain_url(named)) == used


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        plain_url("mysql://bot@db/hotline")


def test_only_postgresql_is_shared_by_several_machines(store: ConversationStore, url: str) -> None:
    assert store.database.is_shared == url.startswith("postgresql")
