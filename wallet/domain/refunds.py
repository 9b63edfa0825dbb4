"""Refunds: a payment, or a part of it, asked back from its merchant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wallet.contract.money import Money
from wallet.contract.payloads import MovementStatus
from wallet.contract.refunds import RefundStatus
from wallet.domain.currency import ZERO
from wallet.domain.ledger import CLEARING, MERCHANTS, REFUNDS, JournalEntry, account_of, postings
from wallet.domain.payments import Payment

REFUND = "refund"
GRANTED = "refund_granted"

ASKED_WITHIN = timedelta(days=180)  # after the payment
ANSWERED_WITHIN = timedelta(days=3)  # by the merchant
ARRIVES_WITHIN = timedelta(days=5)  # at a card


@dataclass(frozen=True)
class Refund:
    """What was asked back of one payment, and how far that is. ``card_id`` is None where it goes to the balance."""

    id: str
    user_id: str
    payment_id: str
    merchant: str
    amount: Money
    card_id: str | None
    status: RefundStatus
    reason: str
    rejection: str | None
    requested_at: datetime
    decided_at: datetime | None
    expected_by: datetime | None

    @property
    def is_undecided(self) -> bool:
        """Whether the merchant has not answered yet."""
        return self.status is RefundStatus.REQUESTED

    @property
    def takes_from_payment(self) -> bool:
        """Whether its amount cannot be asked for again."""
        return self.status is not RefundStatus.REJECTED

    def is_due(self, now: datetime) -> bool:
        """Whether it is time for the money to be at the card."""
        return self.status is RefundStatus.APPROVED and self.expected_by is not None and self.expected_by <= now

    def granted(self, now: datetime) -> Refund:
        """The merchant gives the money back: to the balance at once, to a card within days."""
        decided = replace(self, decided_at=now)
        if self.card_id is None:
            return decided.arrived()
        return replace(decided, status=RefundStatus.APPROVED, expected_by=now + ARRIVES_WITHIN)

    def rejected(self, why: str, now: datetime) -> Refund:
        """The merchant keeps the money."""
        return replace(self, status=RefundStatus.REJECTED, rejection=why, decided_at=now, expected_by=None)

    def arrived(self) -> Refund:
        """The user has the money."""
        return replace(self, status=RefundStatus.SUCCEEDED, expected_by=None)

    def to_balance(self) -> Refund:
        """The same without its card, which takes no money any more."""
        return replace(self, card_id=None)

    def granting(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """What the merchant gives back: the user's at once, or on its way to his card."""
        receiver = account_of(self.user_id) if self.status is RefundStatus.SUCCEEDED else REFUNDS
        return self._entry(GRANTED, entry_id, booked_at, MERCHANTS, receiver)

    def arrival(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """What was on its way: at the card's issuer, or on the balance in its place."""
        receiver = CLEARING if self.card_id is not None else account_of(self.user_id)
        return self._entry(REFUND, entry_id, booked_at, REFUNDS, receiver)

    def _entry(self, what: str, entry_id: str, booked_at: datetime, giver: str, receiver: str) -> JournalEntry:
        return JournalEntry(
            entry_id, what, self.id, postings((giver, -self.amount), (receiver, self.amount)), booked_at
        )


def refundable(payment: Payment, earlier: list[Refund], now: datetime) -> Money:
    """How much of a payment can still be asked back: nothing of one that did not succeed, or long ago."""
    if payment.status is not MovementStatus.SUCCEEDED or now > payment.created_at + ASKED_WITHIN:
        return ZERO
    return payment.amount - sum((refund.amount for refund in earlier if refund.takes_from_payment), ZERO)


def is_given_back(payment: Payment, refunds: list[Refund]) -> bool:
    """Whether a payment's whole amount has been granted."""
    granted = [each.amount for each in refunds if each.status in (RefundStatus.APPROVED, RefundStatus.SUCCEEDED)]
    return sum(granted, ZERO) == payment.amount
