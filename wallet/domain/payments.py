"""Payments to merchants, from the balance or from a card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wallet.contract.payloads import MovementStatus
from wallet.domain.ledger import CLEARING, FEES, MERCHANTS, JournalEntry, account_of, postings
from wallet.domain.movements import Movement

PAYMENT = "payment"
# What a payment may be made from; fee rules of payments name them as their channels.
FROM_BALANCE = "balance"
FROM_CARD = "card"


@dataclass(frozen=True)
class Payment(Movement):
    """Money to a merchant. ``device`` is where the order came from."""

    merchant: str
    device: str

    def refunded(self) -> Payment:
        """Given back in whole by the merchant."""
        return replace(self, status=MovementStatus.REFUNDED)

    def booking(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """From the user's account or, by card, from what the issuer owes the wallet."""
        payer = account_of(self.user_id) if self.card_id is None else CLEARING
        moves = postings((payer, -self.total), (MERCHANTS, self.amount), (FEES, self.fee))
        return JournalEntry(entry_id, PAYMENT, self.id, moves, booked_at)
