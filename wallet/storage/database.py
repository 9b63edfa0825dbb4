"""Transactions: the unit of work each use case runs in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from asyncpg import InternalClientError, PostgresError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from wallet.domain.errors import UnavailableError
from wallet.storage.account_events import SqlAccountEvents
from wallet.storage.audit import SqlAudit
from wallet.storage.cards import SqlCards
from wallet.storage.channel_links import SqlChannelLinks
from wallet.storage.credentials import SqlCredentials
from wallet.storage.devices import SqlDevices
from wallet.storage.engine import WRITES
from wallet.storage.identities import SqlIdentities
from wallet.storage.keys import SqlKeys
from wallet.storage.ledger import SqlLedger
from wallet.storage.movements import SqlPayments, SqlTopups, SqlTransfers, SqlWithdrawals
from wallet.storage.offers import SqlOffers
from wallet.storage.outbox import SqlOutbox
from wallet.storage.refunds import SqlRefunds
from wallet.storage.sign_ins import SqlSignIns
from wallet.storage.two_factors import SqlTwoFactors
from wallet.storage.users import SqlUsers

# SQLSTATE of PostgreSQL: connection lost, deadlock, out of resources, lock not available, server shutting down.
NO_ANSWER_STATES = ("08", "40", "53", "55P03", "57")


class SqlUnitOfWork:
    """All repositories on one connection, inside one transaction."""

    def __init__(self, connection: Any) -> None:
        self.users = SqlUsers(connection)
        self.credentials = SqlCredentials(connection)
        self.sign_ins = SqlSignIns(connection)
        self.devices = SqlDevices(connection)
        self.two_factors = SqlTwoFactors(connection)
        self.identities = SqlIdentities(connection)
        self.account_events = SqlAccountEvents(connection)
        self.cards = SqlCards(connection)
        self.ledger = SqlLedger(connection)
        self.payments = SqlPayments(connection)
        self.topups = SqlTopups(connection)
        self.transfers = SqlTransfers(connection)
        self.withdrawals = SqlWithdrawals(connection)
        self.refunds = SqlRefunds(connection)
        self.keys = SqlKeys(connection)
        self.offers = SqlOffers(connection)
        self.outbox = SqlOutbox(connection)
        self.channel_links = SqlChannelLinks(connection)
        self.audit = SqlAudit(connection)


class Database:
    """Begins transactions on an engine."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        # SQLite lets a writer that must wait sleep and ask again, up to many times as long as the other one writes.
        self._turn: AbstractAsyncContextManager[Any] = asyncio.Lock() if engine.name == "sqlite" else nullcontext()

    def reading(self) -> AbstractAsyncContextManager[SqlUnitOfWork]:
        """A transaction that sees one state of the database and changes nothing."""
        return self._transaction(writes=False)

    def writing(self) -> AbstractAsyncContextManager[SqlUnitOfWork]:
        """A transaction that may change things; on SQLite there is only one at a time."""
        return self._transaction(writes=True)

    async def close(self) -> None:
        """Give all connections back."""
        await self._engine.dispose()

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncIterator[SqlUnitOfWork]:
        async with self._turn if writes else nullcontext(), transaction(self._engine, writes=writes) as connection:
            yield SqlUnitOfWork(connection)


@asynccontextmanager
async def transaction(engine: Any, *, writes: bool) -> AsyncIterator[Any]:
    """A connection with a transaction that is committed at the end, or undone by an exception.

    Raises UnavailableError when the database is away, or locked for longer than anyone should wait.
    """
    try:
        # Not engine.begin(): that one keeps the connection, and its locks, when the commit fails.
        async with engine.connect() as connection:
            await connection.execution_options(**_options(engine, writes))
            async with connection.begin():
                yield connection
    except DBAPIError as error:
        if _is_no_answer(error):
            raise UnavailableError("the database does not answer") from error
        raise
    except (OSError, asyncio.TimeoutError, PoolTimeoutError, PostgresError, InternalClientError) as error:
        # What the driver of PostgreSQL raises while it connects or is being cut off, which nobody translates.
        raise UnavailableError("the database does not answer") from error


def _options(engine: Any, writes: bool) -> dict[str, Any]:
    if writes or engine.name == "sqlite":
        return {WRITES: writes}
    # Otherwise each statement would see another state, and the parts of one answer would not fit.
    return {WRITES: False, "isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _is_no_answer(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None) or ""
    return isinstance(error, OperationalError) or error.connection_invalidated or state.startswith(NO_ANSWER_STATES)
