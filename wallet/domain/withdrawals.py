"""Withdrawals: from the balance back to one's own bank card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import CardKind, Incident, MovementStatus
from wallet.domain.ledger import CLEARING, FEES, WITHDRAWALS, JournalEntry, account_of, postings
from wallet.domain.movements import Movement

WITHDRAWAL = "withdrawal"
HELD = "withdrawal_held"
RETURNED = "withdrawal_returned"


@dataclass(frozen=True)
class WithdrawalChannel:
    """A way out, and how much it takes at once. ``incident`` is the one open on it."""

    code: str
    minimum: Money
    maximum: Money
    incident: Incident | None


@dataclass(frozen=True)
class Withdrawal(Movement):
    """Money to the user's bank. While the bank has not answered it is held: neither the user's nor gone."""

    channel: str

    def entry(self, entry_id: str, booked_at: datetime) -> JournalEntry | None:
        """Held before the bank is asked, then booked or given back. What the wallet refused was never held."""
        if self.status is MovementStatus.PENDING:
            return self._moved(HELD, entry_id, booked_at, (account_of(self.user_id), -self.total), to=WITHDRAWALS)
        if self.status is MovementStatus.DECLINED and self.issuer_code is not None:
            return self._moved(RETURNED, entry_id, booked_at, (WITHDRAWALS, -self.total), to=account_of(self.user_id))
        return super().entry(entry_id, booked_at)

    def booking(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """What was held is the bank's now, the fee the house's."""
        moves = postings((WITHDRAWALS, -self.total), (CLEARING, self.amount), (FEES, self.fee))
        return JournalEntry(entry_id, WITHDRAWAL, self.id, moves, booked_at)

    def _moved(self, what: str, entry_id: str, booked_at: datetime, giver: tuple[str, Money], to: str) -> JournalEntry:
        return JournalEntry(entry_id, what, self.id, postings(giver, (to, self.total)), booked_at)


def refusal_by_withdrawal_channel(channel: WithdrawalChannel, amount: Money, kind: CardKind) -> Cause | None:
    """Why a channel does not take a withdrawal, None if it does. Money goes back to debit cards alone."""
    if channel.incident is not None:
        return Cause.CHANNEL_DOWN
    if kind is not CardKind.DEBIT:
        return Cause.CHANNEL_UNSUPPORTED
    if amount < channel.minimum:
        return Cause.BELOW_MINIMUM
    return Cause.ABOVE_MAXIMUM if amount > channel.maximum else None
