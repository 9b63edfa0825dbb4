"""What all movements have in common: an amount, perhaps a card, and a result that may take its time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from wallet.contract.causes import Cause, cause_of_issuer_code
from wallet.contract.money import Money
from wallet.contract.payloads import MovementStatus
from wallet.domain.ledger import JournalEntry

APPROVED = "00"
RESULT_EXPECTED_WITHIN = timedelta(hours=2)
OPEN = (MovementStatus.PENDING, MovementStatus.UNKNOWN)
MOVED_OR_MAYBE_MOVED = (MovementStatus.SUCCEEDED, *OPEN)

M = TypeVar("M", bound="Movement")


@dataclass(frozen=True)
class Movement:
    """Money on its way. ``fee`` comes on top of ``amount``; ``cause`` is the true one, not the one to tell."""

    id: str
    user_id: str
    amount: Money
    fee: Money
    card_id: str | None
    status: MovementStatus
    cause: Cause | None
    issuer_code: str | None
    created_at: datetime
    result_expected_by: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the result is still to come."""
        return self.status in OPEN

    @property
    def total(self) -> Money:
        """What leaves the payer: the amount and its fee."""
        return self.amount + self.fee

    def may_be_queried(self, now: datetime) -> bool:
        """Whether to ask the issuer again.

        A pending movement may be on its way to the issuer this very moment, and an issuer that has not heard of it
        yet would deny it; so that one waits until its time is up.
        """
        return self.is_overdue(now) if self.status is MovementStatus.PENDING else self.status is MovementStatus.UNKNOWN

    def is_overdue(self, now: datetime) -> bool:
        """Whether the issuer has had its time; an order that has not got there by then never will."""
        return self.result_expected_by is not None and self.result_expected_by <= now

    def declined(self: M, cause: Cause) -> M:
        """Refused by the wallet itself."""
        return replace(self, status=MovementStatus.DECLINED, cause=cause, result_expected_by=None)

    def succeeded(self: M) -> M:
        """Done, the money has moved."""
        return replace(self, status=MovementStatus.SUCCEEDED, cause=None, result_expected_by=None)

    def pending(self: M) -> M:
        """About to be asked of the issuer."""
        return replace(
            self, status=MovementStatus.PENDING, cause=None, result_expected_by=self.created_at + RESULT_EXPECTED_WITHIN
        )

    def answered(self: M, issuer_code: str) -> M:
        """As the issuer's answer leaves it."""
        told = replace(self, issuer_code=issuer_code)
        if issuer_code == APPROVED:
            return told.succeeded()
        cause = cause_of_issuer_code(issuer_code)
        if cause is Cause.RESULT_UNKNOWN:
            expected_by = self.created_at + RESULT_EXPECTED_WITHIN
            return replace(told, status=MovementStatus.UNKNOWN, cause=cause, result_expected_by=expected_by)
        return told.declined(cause)

    def entry(self, entry_id: str, booked_at: datetime) -> JournalEntry | None:
        """The journal entry of the state it has come to, None if nothing moves by it."""
        return self.booking(entry_id, booked_at) if self.status is MovementStatus.SUCCEEDED else None

    def booking(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """The journal entry that this movement is, once it has succeeded."""
        raise NotImplementedError
