"""The devices a user has signed in from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

TRUSTED_FOR = timedelta(days=30)
_SHOWN_LENGTH = 40


@dataclass(frozen=True)
class Device:
    """A device by the name it gave itself. Trusted, it signs in without a second step until then."""

    id: str
    user_id: str
    name: str
    first_seen_at: datetime
    last_seen_at: datetime
    trusted_until: datetime | None

    def is_trusted(self, now: datetime) -> bool:
        """Whether it may leave the second step out now."""
        return self.trusted_until is not None and now < self.trusted_until


def name_to_show(name: str) -> str:
    """A name fit for a message to the user: whoever signs in chooses it, and must not put a link there."""
    kept = "".join(character if character.isalnum() or character in "-_'" else " " for character in name)
    return " ".join(kept.split())[:_SHOWN_LENGTH] or "-"
