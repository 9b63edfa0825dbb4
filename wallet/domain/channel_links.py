"""Links by which a user of a messaging channel proves who he is: confirmed once, within a quarter of an hour.

He types the number that his conversation shows, as whoever is sent a link by a stranger's doing cannot.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from wallet.contract.channel_links import ChannelLinkState

LINK_LIFETIME = timedelta(minutes=15)
# How long the support line may ask who confirmed; an answer that was lost on its way can be asked for again.
ANSWER_LIFETIME = timedelta(hours=1)
# Wrong numbers that end a link.
MOST_TRIES = 3


@dataclass(frozen=True)
class LinkRequest:
    """A link that was asked for, on behalf of nobody when the login was no one's. Only its token's hash is kept."""

    id: str
    token_hash: str
    user_id: str | None
    channel: str
    channel_user: str
    number: str
    tries: int
    created_at: datetime
    expires_at: datetime
    confirmed_at: datetime | None

    def state(self, now: datetime) -> ChannelLinkState:
        """Where the link stands."""
        if self.confirmed_at is not None:
            is_told = now < self.confirmed_at + ANSWER_LIFETIME
            return ChannelLinkState.CONFIRMED if is_told else ChannelLinkState.EXPIRED
        is_open = now < self.expires_at and self.tries < MOST_TRIES
        return ChannelLinkState.PENDING if is_open else ChannelLinkState.EXPIRED

    def has_number(self, typed: str) -> bool:
        """Whether somebody typed the number, be it in full-width digits."""
        return unicodedata.normalize("NFKC", typed).strip() == self.number

    def can_be_confirmed(self, now: datetime) -> bool:
        """Whether its token still confirms it."""
        return self.user_id is not None and self.state(now) is ChannelLinkState.PENDING


def new_number() -> str:
    """Two digits, the first not 0. Whoever is sent a link by a stranger's doing does not know them."""
    return str(10 + secrets.randbelow(90))
