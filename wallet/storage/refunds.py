"""Refunds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from wallet.contract.money import Money
from wallet.contract.refunds import RefundStatus
from wallet.domain.refunds import Refund
from wallet.storage.pages import newest_first
from wallet.storage.rows import Repository
from wallet.storage.tables.refunds import refunds


class SqlRefunds(Repository):
    """The table refunds."""

    async def add(self, refund: Refund) -> None:
        """Keep a new refund."""
        await self._run(insert(refunds).values(**_values(refund)))

    async def get(self, refund_id: str) -> Refund | None:
        """The refund of that id."""
        row = await self._first(select(refunds).where(refunds.c.id == refund_id))
        return None if row is None else _refund(row)

    async def update(self, refund: Refund) -> None:
        """Keep a refund as it stands now."""
        await self._run(update(refunds).where(refunds.c.id == refund.id).values(**_values(refund)))

    async def of_payment(self, payment_id: str) -> list[Refund]:
        """All that was asked back of a payment, oldest first."""
        of_it = select(refunds).where(refunds.c.payment_id == payment_id)
        return [_refund(row) for row in await self._all(of_it.order_by(refunds.c.requested_at, refunds.c.id))]

    async def page(
        self, user_id: str, limit: int, after: Refund | None = None, since: datetime | None = None
    ) -> list[Refund]:
        """Refunds of a user, newest first, behind another one, not older than a moment."""
        behind = (after.requested_at, after.id) if after else None
        wanted = newest_first(refunds, refunds.c.requested_at, user_id, limit, behind, since)
        return [_refund(row) for row in await self._all(wanted)]

    async def due(self, now: datetime, limit: int) -> list[Refund]:
        """Those whose money is to be at its card by now, the longest due first."""
        is_due = (refunds.c.status == RefundStatus.APPROVED.value) & (refunds.c.expected_by <= now)
        rows = await self._all(select(refunds).where(is_due).order_by(refunds.c.expected_by).limit(limit))
        return [_refund(row) for row in rows]


def _values(refund: Refund) -> dict[str, Any]:
    amount = {"amount_minor": refund.amount.minor, "currency": refund.amount.currency}
    rest = {name: value for name, value in vars(refund).items() if name != "amount"}
    return {**rest, **amount, "status": refund.status.value}


def _refund(row: Any) -> Refund:
    values = dict(row._mapping)
    amount = Money(values.pop("amount_minor"), values.pop("currency"))
    return Refund(**{**values, "amount": amount, "status": RefundStatus(row.status)})
