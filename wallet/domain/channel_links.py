"""Links by which a user of a messaging channel proves who he is: confirmed once, within a quarter of an hour."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from wallet.contract.channel_links import ChannelLinkState

LINK_LIFETIME = timedelta(minutes=15)
# How long the support line may ask who confirmed; an answer that was lost on its way can be asked for again.
ANSWER_LIFETIME = timedelta(hours=1)


@dataclass(frozen=True)
class LinkRequest:
    """A link that was asked for, on behalf of nobody when the login was no one's. Only its token's hash is kept."""

    id: str
    token_hash: str
    user_id: str | None
    channel: str
    channel_user: str
    number: str
    created_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None

    def state(self, now: datetime) -> ChannelLinkState:
        """Where the link stands."""
        if self.confirmed_at is not None:
            is_told = now < self.confirmed_at + ANSWER_LIFETIME
            return ChannelLinkState.CONFIRMED if is_told else ChannelLinkState.EXPIRED
        return ChannelLinkState.PENDING if now < self.expires_at else ChannelLinkState.EXPIRED

    def can_be_confirmed(self, now: datetime) -> bool:
        """Whether its token still confirms it."""
        return self.user_id is not None and self.state(now) is ChannelLinkState.PENDING


def new_number() -> str:
    """Two digits to compare. They keep no secret."""
    return f"{secrets.randbelow(100):02d}"
