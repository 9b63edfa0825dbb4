"""Top-ups: money added to the balance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.domain.ledger import CLEARING, FEES, JournalEntry, account_of, postings
from wallet.domain.movements import Movement

TOPUP = "topup"


@dataclass(frozen=True)
class Topup(Movement):
    """Money into the user's account through a channel."""

    channel: str

    def booking(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """The channel owes the wallet amount and fee; the user gets the amount, the house the fee."""
        moves = postings((CLEARING, -self.total), (account_of(self.user_id), self.amount), (FEES, self.fee))
        return JournalEntry(entry_id, TOPUP, self.id, moves, booked_at)
