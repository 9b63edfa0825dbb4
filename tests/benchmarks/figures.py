"""Figures of many measurements: percentiles, ratios, and how they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    if not values or not 0 < share <= 1:
        raise ValueError(f"no percentile {share} of {len(values)} values")
    return sorted(values)[math.ceil(share * len(values)) - 1]


def ratio(stock: float | None, ours: float | None) -> float | None:
    """Ours in units of stock; None where one was not measured."""
    return ours / stock if stock and ours is not None else None


def as_factor(number: float) -> str:
    """A ratio as one reads it: ``12.5x``, and ``1/12.5`` below one."""
    return f"{_short(number)}x" if number >= 1 or number <= 0 else f"1/{_short(1 / number)}"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
