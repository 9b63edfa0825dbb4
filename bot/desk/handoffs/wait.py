"""How long the wait in the queue may be, told as a range because nobody knows."""

from __future__ import annotations

import math
from collections.abc import Sequence

# Fewer services than this say nothing about the next one.
FEWEST_SERVICES = 5
_SHORT, _LONG = 0.25, 0.75


def wait_range(position: int, agents: int, services_s: Sequence[float]) -> tuple[int, int] | None:
    """The range of minutes until the turn of a place in the queue, or None when nothing can be said.

    So many agents work the queue off side by side; half of the last services took between the two durations reckoned
    with here.
    """
    if agents < 1 or len(services_s) < FEWEST_SERVICES:
        return None
    ordered = sorted(services_s)
    rounds = position / agents
    shortest = math.floor(rounds * _quantile(ordered, _SHORT) / 60)
    longest = math.ceil(rounds * _quantile(ordered, _LONG) / 60)
    return max(shortest, 1), max(longest, shortest + 1, 2)


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below, above = ordered[math.floor(place)], ordered[math.ceil(place)]
    return below + (above - below) * (place - math.floor(place))
