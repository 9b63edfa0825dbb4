"""Who is speaking: what the channel proved, never what a text or a slot says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker


@dataclass(frozen=True)
class Speaker:
    """The one on the line. ``user_id`` is None for a guest, who hears general advice only."""

    conversation_id: str
    channel: str
    user_id: str | None

    @property
    def is_verified(self) -> bool:
        """Whether the channel proved who this is."""
        return self.user_id is not None


def speaker_of(tracker: Tracker) -> Speaker:
    """The speaker of the newest message, by the metadata its channel set."""
    user_id = (metadata_of(tracker).get("identity") or {}).get("user_id")
    return Speaker(
        conversation_id=tracker.sender_id,
        channel=str(newest_message(tracker).get("input_channel") or "unknown"),
        user_id=user_id if isinstance(user_id, str) and user_id else None,
    )


def metadata_of(tracker: Tracker) -> dict[str, Any]:
    """What its channel said about the newest message."""
    return dict(newest_message(tracker).get("metadata") or {})


def newest_message(tracker: Tracker) -> dict[str, Any]:
    """The event of the newest message; empty before there is one."""
    return next((event for event in reversed(tracker.events) if event.get("event") == "user"), {})
