"""Where races are run: requests of one user at two wallets at once, and the books looked at afterwards."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, replace

from tests.integration.wallet.house import Answer, House, SignedIn
from tests.integration.wallet.laws import check_at


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
        await check_at(self.one.settings.database_url)


def outcomes(answers: list[Answer]) -> Counter[tuple[int, str, str | None]]:
    """How often which answer was given."""
    return Counter((answer.status, answer.body["status"], answer.body["cause"]) for answer in answers)
