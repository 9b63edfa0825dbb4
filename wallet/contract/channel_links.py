"""How a user of a messaging channel proves who he is: a link goes to the contact on file, and he confirms there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class ChannelLinkState(str, Enum):
    """Where a link stands. ``expired`` stands for every end but a confirmation, and for one asked about too late."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"


@dataclass(frozen=True)
class ChannelLinkAsked:
    """A link was asked for; whether the account exists is not told.

    ``number`` is shown in the conversation and nowhere else; the user types it where he confirms, so that nobody does
    so for a stranger.
    """

    id: str
    number: str
    expires_at: datetime


@dataclass(frozen=True)
class ChannelLink:
    """Where a link stands. ``user_id`` is None until it is confirmed; it then holds for this user of this channel."""

    id: str
    channel: str
    channel_user: str
    state: ChannelLinkState
    user_id: str | None
    expires_at: datetime
