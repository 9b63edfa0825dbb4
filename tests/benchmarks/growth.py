"""How the time of a turn grows with the conversation."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from tests.benchmarks.played import PlayedTurn

POINTS = (1, 25, 50, 75, 100)


def curve(turns: Sequence[PlayedTurn], cycle_length: int, points: Sequence[int] = POINTS) -> dict[int, float]:
    """Seconds of a turn at each point: over one whole cycle about it, so that all points are of like turns.

    Several conversations may be among the turns: of each turn number the median counts.
    """
    numbers = sorted({turn.number for turn in turns})
    medians = {number: statistics.median(turn.seconds for turn in turns if turn.number == number) for number in numbers}
    last_start = len(numbers) - cycle_length + 1
    starts = {point: min(max(point - cycle_length // 2, 1), last_start) for point in points}
    return {
        point: statistics.mean(medians[number] for number in range(start, start + cycle_length))
        for point, start in starts.items()
    }
