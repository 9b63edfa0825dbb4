"""Who is speaking: what the channel proved or a confirmed link, never what a text says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa_sdk import Tracker

from actions.dialogue import slots
from actions.dialogue.channel_link import KnownLink


@dataclass(frozen=True)
class Speaker:
    """The one on the line. ``user_id`` is None for a guest, who hears general advice only.

    ``writer`` is what a messaging channel calls him, which tells that it is the same person, but not which user.
    """

    conversation_id: str
    channel: str
    user_id: str | None
    writer: str | None = None

    @property
    def is_verified(self) -> bool:
        """Whether it is proven who this is."""
        return self.user_id is not None


def speaker_of(tracker: Tracker, now: datetime) -> Speaker:
    """The speaker of the newest message, by the metadata its channel set, or by the link that he has confirmed."""
    identity = metadata_of(tracker).get("identity") or {}
    user_id, writer = _name(identity.get("user_id")), _name(identity.get("writer"))
    channel = str(newest_message(tracker).get("input_channel") or "unknown")
    link = KnownLink.from_slot(tracker.get_slot(slots.CHANNEL_LINK))
    if user_id is None and writer and link:
        user_id = link.user_of(channel, writer, now)
    return Speaker(tracker.sender_id, channel, user_id, writer)


def _name(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def metadata_of(tracker: Tracker) -> dict[str, Any]:
    """What its channel said about the newest message."""
    return dict(newest_message(tracker).get("metadata") or {})


def newest_message(tracker: Tracker) -> dict[str, Any]:
    """The event of the newest message; empty before there is one."""
    return next((event for event in reversed(tracker.events) if event.get("event") == "user"), {})
