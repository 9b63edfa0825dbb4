"""Accounts, journal entries and postings."""

from __future__ import annotations

from sqlalchemy import func, insert, select

from wallet.contract.money import Money
from wallet.domain.errors import NotFoundError
from wallet.domain.ledger import JournalEntry
from wallet.storage.rows import Repository
from wallet.storage.tables.ledger import accounts, journal_entries, postings


class SqlLedger(Repository):
    """The tables accounts, journal_entries and postings."""

    async def open_account(self, account_id: str, currency: str) -> None:
        """A new account, empty."""
        await self._run(insert(accounts).values(id=account_id, currency=currency))

    async def lock(self, account_id: str) -> None:
        """Make every other spender of the account wait until this transaction ends."""
        # SQLite has no FOR UPDATE and needs none: a writing transaction holds the whole database.
        row = await self._first(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
        if row is None:
            raise NotFoundError("no such account")

    async def balance(self, account_id: str) -> Money:
        """The sum of all postings to an account."""
        account = await self._first(select(accounts).where(accounts.c.id == account_id))
        total = select(func.coalesce(func.sum(postings.c.amount_minor), 0)).where(postings.c.account_id == account_id)
        return Money(await self._number(total), account.currency)

    async def book(self, entry: JournalEntry) -> None:
        """Keep an entry. Its postings go first, then the entry seals them."""
        rows = [
            {
                "entry_id": entry.id,
                "account_id": posting.account_id,
                "amount_minor": posting.amount.minor,
                "currency": posting.amount.currency,
            }
            for posting in entry.postings
        ]
        await self._run(insert(postings).values(rows))
        sealed = {"id": entry.id, "what": entry.what, "reference": entry.reference, "booked_at": entry.booked_at}
        await self._run(insert(journal_entries).values(**sealed))
