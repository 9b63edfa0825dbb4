"""What the support endpoints answer about refunds: what a user asked back of a payment, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from wallet.contract.money import Money
from wallet.contract.payloads import Card


class RefundStatus(str, Enum):
    """Where a refund stands: with the merchant, granted and on its way, refused, or with the user."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUCCEEDED = "succeeded"


class RefundReason(str, Enum):
    """The reasons everyone knows for wanting money back."""

    NOT_RECEIVED = "not_received"
    FAULTY = "faulty"
    CHARGED_TWICE = "charged_twice"
    CHANGED_MIND = "changed_mind"
    OTHER = "other"


class RefundRejection(str, Enum):
    """The reasons everyone knows for not giving it back."""

    ALREADY_DELIVERED = "already_delivered"
    USED = "used"
    TOO_LATE = "too_late"
    NOT_REFUNDABLE = "not_refundable"
    OTHER = "other"


@dataclass(frozen=True)
class Refund:
    """A payment, or a part of it, asked back. It goes the way the payment came: to ``card``, to the balance if None.

    ``reason`` and ``rejection`` are codes: those above, or others that a wallet has. ``rejection`` is set when it was
    rejected, ``decided_at`` once the merchant has decided. ``expected_by`` is when the merchant's answer is due while
    it is requested, and when the money arrives while it is approved.
    """

    id: str
    payment_id: str
    merchant: str
    amount: Money
    status: RefundStatus
    reason: str
    rejection: str | None
    requested_at: datetime
    decided_at: datetime | None
    expected_by: datetime | None
    card: Card | None
