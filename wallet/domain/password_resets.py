"""Reset links: whoever holds the token may set a new password, once and for half an hour."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

RESET_LIFETIME = timedelta(minutes=30)


@dataclass(frozen=True)
class PasswordReset:
    """A link that was sent. Only the hash of its token is kept, so the database opens no account."""

    token_hash: str
    user_id: str
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None

    def is_valid(self, now: datetime) -> bool:
        """Whether the link still sets a password."""
        return self.used_at is None and now < self.expires_at


def new_token() -> str:
    """A token nobody guesses."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """The token as it is stored. It is random and long, so a fast hash without salt is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
