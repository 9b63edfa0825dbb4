"""Double entry: a journal entry sums to zero, postings are never changed, a balance is the sum of postings.

A positive posting is money the wallet holds for the account's owner, a negative one is money it is owed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.contract.money import Money

CLEARING = "house:clearing"
MERCHANTS = "house:merchants"
FEES = "house:fees"
# What is on its way to a bank: the user cannot spend it any more, and the bank has not confirmed it yet.
WITHDRAWALS = "house:withdrawals"
# What a merchant has given back and a card has not got yet.
REFUNDS = "house:refunds"


class UnbalancedEntryError(ValueError):
    """Postings that would create or destroy money."""


@dataclass(frozen=True)
class Posting:
    """One side of a movement: an amount to an account, negative when it leaves it."""

    account_id: str
    amount: Money


@dataclass(frozen=True)
class JournalEntry:
    """All postings of one movement. It cannot be made unbalanced.

    ``what`` and ``reference`` name the movement; the pair is unique, so a movement is booked once.
    """

    id: str
    what: str
    reference: str
    postings: tuple[Posting, ...]
    booked_at: datetime

    def __post_init__(self) -> None:
        if len(self.postings) < 2:
            raise UnbalancedEntryError("an entry has at least two postings")
        first, *others = (posting.amount for posting in self.postings)
        if sum(others, first).minor != 0:
            raise UnbalancedEntryError(f"postings of {self.what} {self.reference} do not sum to zero")


def account_of(user_id: str) -> str:
    """The id of a user's account in the ledger."""
    return f"user:{user_id}"


def postings(*moves: tuple[str, Money]) -> tuple[Posting, ...]:
    """Postings of account and amount, without those that move nothing."""
    return tuple(Posting(account_id, amount) for account_id, amount in moves if amount.minor != 0)
