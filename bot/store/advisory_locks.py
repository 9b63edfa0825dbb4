"""PostgreSQL's advisory locks: seen by all workers, ended with the worker that holds them, written to no table."""

from __future__ import annotations

import asyncio
import hashlib
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import text
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.store.database import open_engine

_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_GIVE_BACK = text("SELECT pg_advisory_unlock(:key)")


class AdvisoryLocks:
    """All locks of one worker, on one connection and one thread: it does nothing else, and a try never waits."""

    def __init__(self, url: URL) -> None:
        self._engine = open_engine(url, 1).execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._thread = ThreadPoolExecutor(1, "locks")

    async def take(self, name: str) -> bool:
        """Take the lock of that name; False while another worker has it. Raises SQLAlchemyError."""
        asked = asyncio.get_running_loop().run_in_executor(self._thread, self._ask, _TAKE, name)
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            # The thread goes on without us: what it takes would be held for ever.
            self._thread.submit(self._ask, _GIVE_BACK, name)
            raise

    async def give_back(self, name: str) -> bool:
        """Give it back; False if it was lost with a broken connection. Raises SQLAlchemyError."""
        asked = asyncio.get_running_loop().run_in_executor(self._thread, self._ask, _GIVE_BACK, name)
        return await asyncio.shield(asked)

    def _ask(self, question: object, name: str) -> bool:
        try:
            return self._ask_once(question, name)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
            # The server was restarted since the last question; no message need fail for it.
            return self._ask_once(question, name)

    def _ask_once(self, question: object, name: str) -> bool:
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            return bool(self._connection.execute(question, {"key": key_of(name)}).scalar())
        except SQLAlchemyError:
            broken, self._connection = self._connection, None
            broken.invalidate()
            broken.close()
            raise

    def close(self) -> None:
        """Give the connection back, and with it every lock."""
        self._thread.shutdown()
        if self._connection is not None:
            self._connection.close()
        self._engine.dispose()


def key_of(name: str) -> int:
    """A 64-bit number of the name; two names that share one only wait for each other."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
