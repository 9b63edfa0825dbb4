"""Where races are run: requests of one user at two wallets at once, and the books looked at afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace

from sqlalchemy import text

from tests.integration.wallet.house import Answer, House, SignedIn
from wallet.storage.database import transaction
from wallet.storage.engine import open_engine

# A user who owes the wallet, an entry that is not balanced, a movement booked twice, and one that is not booked.
FAULTS = (
    "SELECT account_id FROM postings WHERE account_id LIKE 'user:%' GROUP BY account_id HAVING SUM(amount_minor) < 0",
    "SELECT entry_id FROM postings GROUP BY entry_id HAVING SUM(amount_minor) <> 0",
    "SELECT reference FROM journal_entries WHERE what <> 'withdrawal_held' GROUP BY reference HAVING COUNT(*) > 1",
    *(
        f"SELECT id FROM {table} WHERE (status = 'succeeded') <> (id IN (SELECT reference FROM journal_entries))"  # noqa: S608
        for table in ("payments", "topups")
    ),
)


@dataclass
class Course:
    """Two wallets, and how many requests have been raced."""

    one: House
    other: House
    raced: int = 0

    def at_both(self, user: SignedIn) -> tuple[SignedIn, SignedIn]:
        """The same user, signed in at each wallet."""
        return replace(user, house=self.one), replace(user, house=self.other)

    async def race(self, *requests: Awaitable[Answer]) -> list[Answer]:
        """All at once."""
        self.raced += len(requests)
        return list(await asyncio.gather(*requests))

    async def check_books(self) -> None:
        """Assert what holds after every race."""
        assert await faults_at(self.one.settings.database_url) == []


async def faults_at(url: str) -> list[str]:
    """What is wrong with the books of a database."""
    engine = open_engine(url)
    try:
        async with transaction(engine, writes=False) as connection:
            found = [(await connection.execute(text(query))).scalars().all() for query in FAULTS]
    finally:
        await engine.dispose()
    return [str(row) for rows in found for row in rows]
