"""Transfers to other users of the wallet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.domain.identity import LEVEL_RIGHTS, may_receive
from wallet.domain.ledger import FEES, JournalEntry, account_of, postings
from wallet.domain.movements import Movement
from wallet.domain.users import User

TRANSFER = "transfer"
# Whoever asks for names that are nobody's, or for people who take nothing, learns this much a day and no more.
MISSES_A_DAY = 10
MISSES = (Cause.RECIPIENT_NOT_FOUND, Cause.RECIPIENT_NOT_ALLOWED)


@dataclass(frozen=True)
class Transfer(Movement):
    """Money to another user. ``recipient_id`` is None when there is nobody of that name.

    ``recipient_masked`` is made of what the sender typed, so that it tells him nothing he did not know.
    """

    channel: str
    recipient_id: str | None
    recipient_masked: str

    def booking(self, entry_id: str, booked_at: datetime) -> JournalEntry:
        """From the sender's account to the recipient's, the fee to the house."""
        assert self.recipient_id is not None  # noqa: S101 - nobody gets nothing
        recipient = account_of(self.recipient_id)
        moves = postings((account_of(self.user_id), -self.total), (recipient, self.amount), (FEES, self.fee))
        return JournalEntry(entry_id, TRANSFER, self.id, moves, booked_at)


def refusal_by_sender(sender: User) -> Cause | None:
    """Why a user sends nothing at all, None if he may."""
    if not sender.may_move_money:
        return Cause.ACCOUNT_FROZEN
    return None if LEVEL_RIGHTS[sender.identity_level].may_transfer else Cause.IDENTITY_INCOMPLETE


def refusal_by_recipient(sender: User, recipient: User | None, balance: Money, amount: Money) -> Cause | None:
    """Why a recipient does not get it, given his balance. Someone unknown and someone who left are the same."""
    if recipient is None or recipient.closed_at is not None:
        return Cause.RECIPIENT_NOT_FOUND
    takes_it = (
        recipient.id != sender.id
        and recipient.frozen_at is None
        and may_receive(recipient.identity_level, balance, amount)
    )
    return None if takes_it else Cause.RECIPIENT_NOT_ALLOWED
