"""The databases a wallet may run on: how each is named, made and read."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from wallet.storage.database import transaction
from wallet.storage.engine import open_engine
from wallet.storage.migrate import migrate
from wallet.storage.tables import metadata

DATABASES = ("sqlite", "postgresql")
# For what no database could make come out otherwise, such as the words of a page.
ON_ONE_DATABASE = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class SharedPostgres:
    """A migrated PostgreSQL database which can be brought back to how the migrations left it."""

    def __init__(self, url: str) -> None:
        self.url = for_wallet(url)
        self._engine = create_engine(url, future=True, poolclass=NullPool)
        with self._engine.connect() as connection:
            rows = {table: connection.execute(select(table)).mappings().all() for table in metadata.sorted_tables}
        self._rows = {table: [dict(row) for row in found] for table, found in rows.items() if found}

    def restore(self) -> None:
        """Cut every other connection and undo whatever was written."""
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        emptying = "; ".join(f"DELETE FROM {table.name}" for table in metadata.sorted_tables)  # noqa: S608
        with self._engine.begin() as connection:
            connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))
            # Neither foreign keys nor the triggers that keep the books as they are.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(emptying))
            for table, rows in self._rows.items():
                connection.execute(insert(table), rows)


def for_wallet(url: str) -> str:
    """The address of a PostgreSQL database as the wallet is told it."""
    return make_url(url).set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


async def migrate_at(url: str) -> None:
    """Bring the database at an address to the present schema."""
    engine = open_engine(url)
    try:
        await migrate(engine)
    finally:
        await engine.dispose()


async def everything_stored_at(url: str) -> str:
    """Every value of every table, as text to search in."""
    engine = open_engine(url)
    try:
        async with transaction(engine, writes=False) as connection:
            tables = [(await connection.execute(select(table))).all() for table in metadata.sorted_tables]
    finally:
        await engine.dispose()
    return "\n".join(str(tuple(row)) for rows in tables for row in rows)
