"""The bot's conversations, as the desk reads them, and beside them what support leads add, which the desk writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import SelectBase

from bot.store.database import Database, is_writing
from bot.store.review_tables import REVIEW_TABLES
from bot.store.tables import metadata
from bot.store.word_index import create_index

Result = TypeVar("Result")


class Conversations(Database):
    """The conversation store. What reads it finds an empty one until the bot has made it, or a newer bot its tables."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._file = None if self.is_shared else Path(self.url.database or "")
        if self._file is not None:
            event.listen(self.engine, "connect", _never_write, insert=True)
            event.listen(self.engine, "set_connection_execution_options", _write_if_asked_to)
        event.listen(self.engine, "before_execute", _guard)
        self._nothing = create_engine(
            "sqlite://", future=True, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        metadata.create_all(self._nothing)
        with self._nothing.begin() as connection:
            create_index(connection)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """What the work finds, in a transaction that sees one state of the database."""
        # Connecting would make the file, which is the bot's to make.
        if self._file is not None and not self._file.exists():
            return self._find_nothing(work)
        try:
            return await super().read(work)
        except DatabaseError:
            if await super().read(_has_tables):
                raise
            return self._find_nothing(work)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """What the work returns, its changes to the tables of support leads kept as a whole.

        The record itself is the bot's: to change it raises PermissionError. Raises FileNotFoundError before the bot
        has made its file.
        """
        if self._file is not None and not self._file.exists():
            raise FileNotFoundError("the bot has not begun yet, so there is no conversation to say something about")
        return await super().write(work)

    def close(self) -> None:
        """Wait for what runs, give all connections back."""
        super().close()
        self._nothing.dispose()

    def _find_nothing(self, work: Callable[[Connection], Result]) -> Result:
        with self._nothing.connect() as connection:
            return work(connection)


def _never_write(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _write_if_asked_to(connection: Connection, options: dict[str, Any]) -> None:
    # Past SQLAlchemy, which would begin the transaction: that is too late for this.
    connection.connection.execute(f"PRAGMA query_only = {'OFF' if is_writing(options) else 'ON'}")


def _guard(connection: Connection, statement: Any, *_: Any) -> None:
    """Of what is written only the leads' own tables may be the target."""
    if not is_writing(connection.get_execution_options()) or isinstance(statement, SelectBase):
        return
    if not isinstance(statement, UpdateBase) or statement.table not in REVIEW_TABLES:
        raise PermissionError("of the conversations the desk writes only what support leads add")


def _has_tables(connection: Connection) -> bool:
    found = inspect(connection)
    return all(found.has_table(name) for name in metadata.tables)
