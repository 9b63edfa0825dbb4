"""The charts: what is more stands higher or further right, and within the picture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measure.charts import HEIGHT, WIDTH, Axis, calibration_chart, curve_chart
from bot.measure.confidence import THRESHOLDS, answering_above, answering_now, calibrate
from bot.measure.rows import Row
from tests.unit.bot.measure.made import row

ROWS = st.lists(
    st.builds(row, st.sampled_from("ab"), st.sampled_from("ab"), st.floats(0, 1), understood=st.booleans()),
    min_size=1,
    max_size=30,
)


@given(rows=ROWS)
def test_every_mark_and_bar_is_in_the_picture(rows: list[Row]) -> None:
    curve = curve_chart([answering_above(rows, each, ()) for each in THRESHOLDS], answering_now(rows, ()))
    bars = calibration_chart(calibrate(rows))

    places = [(mark.x, mark.y) for mark in [*curve.marks, *([curve.now] if curve.now else [])]]
    places += [(bar.x, bar.y) for bar in bars.bars] + [(bar.x + bar.width, bar.mean_y) for bar in bars.bars]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in places)


@given(rows=ROWS)
def test_labels_of_the_curve_do_not_lie_on_each_other(rows: list[Row]) -> None:
    curve = curve_chart([answering_above(rows, each, ()) for each in THRESHOLDS], answering_now(rows, ()))

    labelled = [mark.x for mark in curve.marks if mark.label]
    assert all(right - left >= 20 for left, right in pairwise(labelled))


def test_where_nothing_is_answered_no_mark_stands() -> None:
    rows = [row("a", confidence=0.35, understood=False)]
    curve = curve_chart([answering_above(rows, each, ()) for each in THRESHOLDS], answering_now(rows, ()))

    assert len(curve.marks) == 3
    assert curve.now is None


def test_a_bar_is_as_high_as_its_lines_are_right() -> None:
    (bar,) = calibration_chart(calibrate([row("a", "a", 0.75), row("a", "b", 0.75)])).bars

    axis = calibration_chart(calibrate([row("a")])).up
    assert (bar.y, bar.mean_y, bar.lines) == (axis.at(0.5), axis.at(0.75), 2)


@pytest.mark.parametrize(
    ("low", "ticks"), [(0.0, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0.7, [0.7, 0.8, 0.9, 1]), (0.3, [0.4, 0.6, 0.8, 1])]
)
def test_about_five_values_are_written_beside_an_axis(low: float, ticks: list[float]) -> None:
    assert Axis(low, 1, 0, 100).ticks == ticks
