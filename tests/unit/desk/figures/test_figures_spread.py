"""Percentiles of counted values, and how far a share may be off."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from bot.desk.figures.interval import wilson
from bot.desk.figures.spread import Spread, nearest_rank, spread_of


def test_of_nothing_there_is_no_percentile() -> None:
    assert spread_of({}) == Spread(0, None, None)


@given(lists(integers(0, 50), min_size=1), integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(values: list[int], percent: int) -> None:
    found = nearest_rank(Counter(values), percent)
    reached = [value for value in values if sum(each <= value for each in values) * 100 >= percent * len(values)]

    assert found == min(reached)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # As published for 95 %: Newcombe (1998), table I.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_wilson(part: int, whole: int, low: float, high: float) -> None:
    assert wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


@given(integers(0, 1000), integers(1, 1000))
def test_an_interval_lies_around_its_share_and_within_nothing_and_all(part: int, whole: int) -> None:
    part = min(part, whole)
    low, high = wilson(part, whole)

    assert 0.0 <= low <= part / whole + 1e-12
    assert part / whole - 1e-12 <= high <= 1.0
    assert math.isfinite(low + high)
