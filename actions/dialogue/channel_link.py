"""The link that a writer of a messaging channel was sent; once he has confirmed it, who he is and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from wallet.contract.encoding import to_json

# A confirmed link tells its user for so long, see wallet/contract/channel_links.py and the wallet's README.
_TOLD_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class KnownLink:
    """What the conversation keeps of a link, for this ``writer`` of this ``channel`` alone.

    ``user_id`` is None until it is confirmed; he is known until ``known_until``.
    """

    id: str
    channel: str
    writer: str
    expires_at: datetime
    user_id: str | None = None
    known_until: datetime | None = None

    def user_of(self, channel: str, writer: str | None, now: datetime) -> str | None:
        """The user, if it is he who writes there and his proof has not ended."""
        is_his = self.known_until is not None and (channel, writer) == (self.channel, self.writer)
        return self.user_id if is_his and self.known_until is not None and now < self.known_until else None

    def is_awaited(self, channel: str, writer: str | None, now: datetime) -> bool:
        """Whether it may have been confirmed meanwhile by the one who writes."""
        is_his = (channel, writer) == (self.channel, self.writer)
        return is_his and self.user_id is None and now < self.expires_at + _TOLD_FOR

    def to_slot(self) -> dict[str, Any]:
        """As plain JSON."""
        return dict(to_json(self))

    @classmethod
    def from_slot(cls, value: dict[str, Any] | None) -> KnownLink | None:
        """The link of a slot; None for an empty one."""
        if not value:
            return None
        known_until = value["known_until"]
        times = {"expires_at": _time(value["expires_at"]), "known_until": known_until and _time(known_until)}
        return cls(**{**value, **times})


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
