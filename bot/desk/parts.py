"""What the desk's services are given: the parts of a running desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.clock import Clock
from bot.desk.hours.hours import Hours
from bot.desk.letters.bell import Bell
from bot.desk.letters.bot_client import BotClient
from bot.desk.live.hub import Hub
from bot.desk.live.viewers import Viewers

LONG_AGO = datetime(2000, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class Limits:
    """How long things may take before the desk does something about them."""

    longest_wait: timedelta = timedelta(seconds=900)
    # Nobody on duty for so long: nobody is coming.
    longest_empty: timedelta = timedelta(seconds=60)
    # An agent whose pages have been silent for so long is gone from those he serves.
    longest_absence: timedelta = timedelta(seconds=300)


@dataclass(frozen=True)
class Desk:
    """A desk: what it is kept in, what time it is, when it is open, and whom it tells."""

    engine: AsyncEngine
    clock: Clock
    hours: Hours
    limits: Limits
    live: Hub
    viewers: Viewers
    bot: BotClient
    letters: Bell = field(default_factory=Bell)
    # Before that the desk was away and heard of nobody.
    started_at: datetime = LONG_AGO

    def is_settled(self, now: datetime) -> bool:
        """Whether the desk has run long enough to know who is on duty."""
        return now - self.started_at >= self.limits.longest_empty
