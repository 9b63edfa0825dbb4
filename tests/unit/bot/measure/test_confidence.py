"""What the bot answers above a threshold, what it really does, and whether confidence can be trusted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measure.confidence import Answering, answering_above, answering_now, calibrate
from bot.measure.rows import Row
from tests.unit.bot.measure.made import row

FOUR = [
    row("a", "a", 0.9, understood=True),
    row("a", "b", 0.6, "a", understood=False),
    row("b", "b", 0.5, understood=True),
    row("c", "a", 0.2, "b", "d", "c", understood=False),
]
ROWS = st.lists(
    st.builds(row, st.sampled_from("ab"), st.sampled_from("ab"), st.floats(0, 1), understood=st.booleans()),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize(
    ("threshold", "answered", "precision", "offered"),
    [(0.1, 1, 3 / 4 - 1 / 4, None), (0.5, 3 / 4, 2 / 3, 0), (0.7, 1 / 4, 1, 2 / 3), (0.95, 0, None, 3 / 4)],
)
def test_a_threshold_splits_the_lines(
    threshold: float, answered: float, precision: float | None, offered: float | None
) -> None:
    assert answering_above(FOUR, threshold, ()) == Answering(threshold, answered, precision, offered)


def test_a_confidence_of_just_the_threshold_is_answered() -> None:
    assert answering_above([row("a", confidence=0.4)], 0.4, ()).answered == 1


def test_what_the_bot_really_does_is_what_it_understood() -> None:
    assert answering_now(FOUR, ()) == Answering(None, 1 / 2, 1, 1 / 2)


def test_a_button_offers_the_first_three_topics_and_nothing_that_is_none() -> None:
    asks_back = row("ask_fees", "greet", 0.2, "thank", "deny", "ask_limits", "ask_fees", understood=False)

    assert answering_now([asks_back], ()).offered == 0
    assert answering_now([asks_back], ("ask_fees", "ask_limits")).offered == 1


def test_the_calibration_error_is_what_one_reckons_by_hand() -> None:
    # Two lines at 0.9, one of them right, and two at 0.3, none right: half of 0.4 and half of 0.3.
    rows = [row("a", "a", 0.9), row("a", "b", 0.9), row("a", "b", 0.3), row("b", "a", 0.3)]

    assert calibrate(rows).error == pytest.approx(0.4 / 2 + 0.3 / 2)


@pytest.mark.parametrize(("confidence", "number"), [(0.0, 0), (0.05, 0), (0.1, 1), (0.55, 5), (0.99, 9), (1.0, 9)])
def test_a_confidence_falls_into_its_bin(confidence: float, number: int) -> None:
    bins = calibrate([row("a", confidence=confidence)]).bins

    assert [each.lines for each in bins] == [int(each == number) for each in range(10)]


@given(rows=ROWS)
def test_the_bins_hold_every_line_once_and_the_error_is_a_share(rows: list[Row]) -> None:
    calibration = calibrate(rows)

    assert sum(each.lines for each in calibration.bins) == len(rows)
    assert 0 <= calibration.error <= 1


@given(rows=ROWS, threshold=st.floats(0, 0.9))
def test_a_higher_threshold_never_answers_more(rows: list[Row], threshold: float) -> None:
    lower, higher = (answering_above(rows, each, ()).answered for each in (threshold, threshold + 0.1))

    assert higher <= lower
