"""Who holds an account, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wallet.contract.payloads import AccountStatus
from wallet.domain.credentials import Credential


@dataclass(frozen=True)
class User:
    """A person with an account. The id is opaque and never changes."""

    id: str
    phone: str | None
    email: str | None
    display_name: str
    language: str
    identity_level: int
    two_factor: bool
    email_confirmed: bool
    phone_confirmed: bool
    frozen_at: datetime | None
    closed_at: datetime | None
    created_at: datetime

    @property
    def may_move_money(self) -> bool:
        """Whether the account takes part in payments at all."""
        return self.frozen_at is None and self.closed_at is None


def account_status(user: User, credential: Credential, now: datetime) -> AccountStatus:
    """Closed outweighs frozen, frozen outweighs locked."""
    if user.closed_at is not None:
        return AccountStatus.CLOSED
    if user.frozen_at is not None:
        return AccountStatus.FROZEN
    if credential.is_locked(now):
        return AccountStatus.LOCKED
    return AccountStatus.ACTIVE
