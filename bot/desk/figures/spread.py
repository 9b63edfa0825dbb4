"""How values are spread: the exact nearest-rank percentiles of values that were counted. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """Of so many values half are at most the median, and nine of ten at most ``p90``; None where there is no value."""

    count: int
    median: int | None
    p90: int | None


def spread_of(counted: Mapping[int, int]) -> Spread:
    """The spread of values, each with how often it was seen."""
    return Spread(sum(counted.values()), nearest_rank(counted, 50), nearest_rank(counted, 90))


def nearest_rank(counted: Mapping[int, int], percent: int) -> int | None:
    """The smallest value that so many percent of all do not exceed; None where there is no value."""
    rank = -(-percent * sum(counted.values()) // 100)  # rounded up, without the errors of fractions
    seen = 0
    for value in sorted(counted):
        seen += counted[value]
        if seen >= rank:
            return value
    return None
