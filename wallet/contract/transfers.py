"""What the support endpoints answer about transfers: money to another user of the wallet, or back to one's own bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import Card, MovementStatus


class TransferKind(str, Enum):
    """Where a transfer goes: to another user of the wallet, or to one's own bank card."""

    WALLET = "wallet"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True)
class Transfer:
    """Money that leaves the balance, with the fee on top of the amount.

    To another user ``recipient_masked`` is how he was called, masked, and ``card`` is None; of a withdrawal it is the
    other way round. ``result_expected_by`` is set while the result is unknown or pending.
    """

    id: str
    kind: TransferKind
    amount: Money
    fee: Money
    recipient_masked: str | None
    card: Card | None
    status: MovementStatus
    cause: Cause | None
    created_at: datetime
    result_expected_by: datetime | None
