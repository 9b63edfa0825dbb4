"""The bot's conversations, as the desk reads them: never written, and none where the bot has not begun yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import StaticPool

from bot.store.database import Database
from bot.store.tables import metadata

Result = TypeVar("Result")


class Conversations(Database):
    """The conversation store for reading. What reads it finds an empty one until the bot has made it."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._file = None if self.is_shared else Path(self.url.database or "")
        if self._file is not None:
            event.listen(self.engine, "connect", _never_write, insert=True)
        self._nothing = create_engine(
            "sqlite://", future=True, poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        metadata.create_all(self._nothing)

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
        """Refused: the bot alone writes."""
        raise PermissionError("the desk only reads the conversations")

    def close(self) -> None:
        """Wait for what runs, give all connections back."""
        super().close()
        self._nothing.dispose()

    def _find_nothing(self, work: Callable[[Connection], Result]) -> Result:
        with self._nothing.connect() as connection:
            return work(connection)


def _never_write(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only = ON")


def _has_tables(connection: Connection) -> bool:
    return bool(inspect(connection).has_table("events"))
