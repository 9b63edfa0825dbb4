"""Everything the use cases work with, wired once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wallet.domain.calendar_days import CalendarDays, Clock
from wallet.services.passwords import Passwords
from wallet.services.ports import Issuer, Register, Storage
from wallet.services.seals import Seals
from wallet.services.tokens import Tokens
from wallet.texts.catalogue import Texts


@dataclass(frozen=True)
class Wallet:
    """The first argument of every use case."""

    storage: Storage
    issuer: Issuer
    register: Register
    passwords: Passwords
    tokens: Tokens
    seals: Seals
    texts: Texts
    days: CalendarDays
    clock: Clock
    public_url: str

    def now(self) -> datetime:
        """The moment it is for the wallet."""
        return self.clock()

    def at_one_moment(self) -> Wallet:
        """The same wallet with its clock stopped, so that what is decided together falls in one day and one month."""
        now = self.clock()
        return replace(self, clock=lambda: now)
