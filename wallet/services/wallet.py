"""Everything the use cases work with, wired once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.domain.calendar_days import CalendarDays, Clock
from wallet.services.passwords import Passwords
from wallet.services.ports import Issuer, Storage
from wallet.services.seals import Seals
from wallet.services.tokens import Tokens
from wallet.texts.catalogue import Texts


@dataclass(frozen=True)
class Wallet:
    """The first argument of every use case."""

    storage: Storage
    issuer: Issuer
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
