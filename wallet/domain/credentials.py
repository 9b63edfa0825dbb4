"""Passwords: how many wrong ones lock an account, for how long, and what a new one must be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wallet.domain.errors import PasswordTooWeakError

FAILURES_ALLOWED = 5
LOCK_TIME = timedelta(hours=24)
PASSWORD_LENGTH = 10
# argon2 hashes the whole text, so an endless password would be a cheap way to keep the server busy.
PASSWORD_LENGTH_MAXIMUM = 256


@dataclass(frozen=True)
class Credential:
    """A user's password hash and what was tried against it."""

    user_id: str
    password_hash: str
    failures: int
    locked_until: datetime | None
    changed_at: datetime

    def is_locked(self, now: datetime) -> bool:
        """Whether even the right password is refused now."""
        return self.locked_until is not None and now < self.locked_until

    def failures_counted(self, now: datetime) -> int:
        """The failures that still count: a lock that ran out takes its failures with it."""
        lapsed = self.locked_until is not None and not self.is_locked(now)
        return 0 if lapsed else self.failures

    def after_wrong_password(self, now: datetime) -> Credential:
        """One more failure, locked when it was one too many. A locked account is not locked for longer."""
        if self.is_locked(now):
            return self
        failures = self.failures_counted(now) + 1
        locked_until = now + LOCK_TIME if failures >= FAILURES_ALLOWED else None
        return replace(self, failures=failures, locked_until=locked_until)

    def after_success(self) -> Credential:
        """Nothing counts against the account any more."""
        return replace(self, failures=0, locked_until=None)

    def with_password(self, password_hash: str, now: datetime) -> Credential:
        """A new password, which lifts a lock."""
        return replace(self.after_success(), password_hash=password_hash, changed_at=now)


def check_new_password(password: str) -> None:
    """Raise PasswordTooWeakError for a password that no account should have."""
    if not PASSWORD_LENGTH <= len(password) <= PASSWORD_LENGTH_MAXIMUM:
        raise PasswordTooWeakError(minimum_length=PASSWORD_LENGTH, maximum_length=PASSWORD_LENGTH_MAXIMUM)
