"""Moments: what time it is, passed in everywhere so that a test can say, and how times are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Tell the present moment in UTC."""
    return datetime.now(timezone.utc)


def write_moment(moment: datetime) -> str:
    """Write a moment in UTC as ISO 8601."""
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """Read an ISO 8601 time.

    Raises:
        ValueError: when it is none, or bears no zone.
    """
    moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment
