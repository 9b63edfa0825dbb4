"""How a message leaves the outbox: tried until it is taken, refused for good, given up or no longer needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from wallet.domain.messages import Message

# Two to three hours of tries.
TRIES_ALLOWED = 20
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=15)
# How long a claimed message is left to its process. Longer than any try may take, so that no other sends it meanwhile.
LEASE = timedelta(minutes=2)
TRY_TIME = timedelta(seconds=30)


class DeliveryState(str, Enum):
    """Where a message stands; all but ``waiting`` are final."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Dispatch:
    """A message claimed for one try. ``tries`` counts this one too."""

    id: int
    tries: int
    message: Message


class NotDelivered(Exception):
    """A courier could not hand a message over. The reason is for the log and names nobody."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good


def pause_after(tries: int, chance: float) -> timedelta:
    """How long to wait after so many tries: doubling, and shortened by up to half so that not all come at once.

    ``chance`` is a random number from 0 to 1.
    """
    doubled: timedelta = min(FIRST_PAUSE * 2 ** min(tries - 1, TRIES_ALLOWED), LONGEST_PAUSE)
    return doubled * (1 - chance / 2)
