"""Payments, top-ups, transfers and withdrawals, stored alike."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import and_, func, insert, select, update

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import MovementStatus
from wallet.domain.currency import CURRENCY
from wallet.domain.movements import MOVED_OR_MAYBE_MOVED, OPEN, Movement
from wallet.domain.payments import FROM_BALANCE, Payment
from wallet.domain.topups import Topup
from wallet.domain.transfers import Transfer
from wallet.domain.withdrawals import Withdrawal
from wallet.storage.pages import newest_first
from wallet.storage.rows import Repository
from wallet.storage.tables.movements import payments, topups, transfers, withdrawals

M = TypeVar("M", bound=Movement)


class SqlMovements(Repository, Generic[M]):
    """One table of movements. The class of the records and the columns only it has are all that differs."""

    table: Any
    record: type[M]
    own_columns: tuple[str, ...]

    async def add(self, movement: M) -> None:
        """Keep a new movement."""
        await self._run(insert(self.table).values(**self._values(movement)))

    async def get(self, movement_id: str) -> M | None:
        """The movement of that id."""
        row = await self._first(select(self.table).where(self.table.c.id == movement_id))
        return None if row is None else self._movement(row)

    async def update(self, movement: M) -> None:
        """Keep a movement as it stands now."""
        same = self.table.c.id == movement.id
        await self._run(update(self.table).where(same).values(**self._values(movement)))

    async def page(self, user_id: str, limit: int, after: M | None = None, since: datetime | None = None) -> list[M]:
        """Movements of a user, newest first, behind another one, not older than a moment."""
        behind = (after.created_at, after.id) if after else None
        rows = await self._all(newest_first(self.table, self.table.c.created_at, user_id, limit, behind, since))
        return [self._movement(row) for row in rows]

    async def overdue(self, now: datetime, limit: int) -> list[M]:
        """Open movements whose result should be known by now.

        In no order: those that stay open do not stand before the others, and two wallets seldom ask about the same.
        """
        columns = self.table.c
        late = and_(columns.result_expected_by <= now, columns.status.in_([status.value for status in OPEN]))
        rows = await self._all(select(self.table).where(late).order_by(func.random()).limit(limit))
        return [self._movement(row) for row in rows]

    async def spent(self, user_id: str, since: datetime, until: datetime, channel: str | None = None) -> Money:
        """What moved, or may have moved, in a span of time."""
        columns = self.table.c
        counted = and_(
            columns.user_id == user_id,
            columns.created_at >= since,
            columns.created_at < until,
            columns.status.in_([status.value for status in MOVED_OR_MAYBE_MOVED]),
        )
        if channel is not None:
            counted = and_(counted, self._went_through(channel))
        total = select(func.coalesce(func.sum(columns.amount_minor), 0)).where(counted)
        return Money(await self._number(total), CURRENCY)

    def _went_through(self, channel: str) -> Any:
        return self.table.c.channel == channel

    def _values(self, movement: M) -> dict[str, Any]:
        return {
            "id": movement.id,
            "user_id": movement.user_id,
            "amount_minor": movement.amount.minor,
            "fee_minor": movement.fee.minor,
            "currency": movement.amount.currency,
            "card_id": movement.card_id,
            "status": movement.status.value,
            "cause": movement.cause.value if movement.cause else None,
            "issuer_code": movement.issuer_code,
            "created_at": movement.created_at,
            "result_expected_by": movement.result_expected_by,
            **{name: getattr(movement, name) for name in self.own_columns},
        }

    def _movement(self, row: Any) -> M:
        return self.record(
            id=row.id,
            user_id=row.user_id,
            amount=Money(row.amount_minor, row.currency),
            fee=Money(row.fee_minor, row.currency),
            card_id=row.card_id,
            status=MovementStatus(row.status),
            cause=Cause(row.cause) if row.cause else None,
            issuer_code=row.issuer_code,
            created_at=row.created_at,
            result_expected_by=row.result_expected_by,
            **{name: getattr(row, name) for name in self.own_columns},
        )


class SqlPayments(SqlMovements[Payment]):
    """The table payments."""

    table = payments
    record = Payment
    own_columns = ("merchant", "device")

    def _went_through(self, channel: str) -> Any:
        return self.table.c.card_id.is_(None) if channel == FROM_BALANCE else self.table.c.card_id.isnot(None)


class SqlTopups(SqlMovements[Topup]):
    """The table topups."""

    table = topups
    record = Topup
    own_columns = ("channel",)


class SqlTransfers(SqlMovements[Transfer]):
    """The table transfers."""

    table = transfers
    record = Transfer
    own_columns = ("channel", "recipient_id", "recipient_masked")

    async def count_declined(self, user_id: str, causes: Collection[Cause], since: datetime) -> int:
        """How many transfers of a user were declined for one of those causes."""
        columns = self.table.c
        counted = and_(
            columns.user_id == user_id,
            columns.created_at >= since,
            columns.cause.in_([cause.value for cause in causes]),
        )
        return await self._number(select(func.count()).where(counted))


class SqlWithdrawals(SqlMovements[Withdrawal]):
    """The table withdrawals."""

    table = withdrawals
    record = Withdrawal
    own_columns = ("channel",)
