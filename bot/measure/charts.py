"""Where the lines, bars and marks of the page's two charts stand, in the units of their SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.measure.confidence import Answering, Calibration

WIDTH, HEIGHT = 360, 250
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 340, 14, 206
_GAP_OF_LABELS = 24  # nearer ones would lie on each other
_GAP_OF_BARS = 5
_TENTHS = [tenth / 10 for tenth in range(11)]


@dataclass(frozen=True)
class Axis:
    """Values from ``low`` to ``high`` along a line from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        return round(self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start), 1)

    @property
    def ticks(self) -> list[float]:
        """The values that are written beside it: about five of the tenths between its ends."""
        within = [tenth for tenth in _TENTHS if self.low <= tenth <= self.high]
        return within[:: -math.ceil(len(within) / 6)][::-1]


@dataclass(frozen=True)
class Mark:
    """A point of the curve; ``label`` is empty where there is no room for it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Curve:
    """The share of lines answered to the right, how much of it is right upwards."""

    across: Axis
    up: Axis
    marks: list[Mark]
    now: Mark | None

    @property
    def points(self) -> str:
        """The line through the marks."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


@dataclass(frozen=True)
class Bar:
    """One bin: from the bottom up to ``y``, with a line at ``mean_y``."""

    x: float
    width: float
    y: float
    height: float
    mean_y: float
    lines: int


@dataclass(frozen=True)
class Bars:
    """Confidence to the right, accuracy upwards."""

    across: Axis
    up: Axis
    bars: list[Bar]


def curve_chart(thresholds: Sequence[Answering], now: Answering) -> Curve:
    """The points of all thresholds that answer anything, and what the bot does at present."""
    precisions = [row.precision for row in [*thresholds, now] if row.precision is not None]
    # Half the height would be empty if it began at nothing.
    lowest = math.floor(min(precisions, default=0.0) * 10 - 0.5) / 10
    across, up = Axis(0, 1, _LEFT, _RIGHT), Axis(max(lowest, 0.0), 1, _BOTTOM, _TOP)
    marks: list[Mark] = []
    labelled_at = math.inf
    for row in reversed(thresholds):
        if row.precision is not None:
            x = across.at(row.answered)
            has_room = abs(x - labelled_at) >= _GAP_OF_LABELS
            labelled_at = x if has_room else labelled_at
            marks.append(Mark(x, up.at(row.precision), f"{row.threshold:.1f}" if has_room else ""))
    is_shown = now.precision is not None
    return Curve(across, up, marks, Mark(across.at(now.answered), up.at(now.precision or 0), "") if is_shown else None)


def calibration_chart(calibration: Calibration) -> Bars:
    """A bar for each bin with lines."""
    across, up = Axis(0, 1, _LEFT, _RIGHT), Axis(0, 1, _BOTTOM, _TOP)
    bars = [
        Bar(
            across.at(each.low) + _GAP_OF_BARS / 2,
            round(across.at(each.high) - across.at(each.low) - _GAP_OF_BARS, 1),
            up.at(each.accuracy),
            round(_BOTTOM - up.at(each.accuracy), 1),
            up.at(each.confidence),
            each.lines,
        )
        for each in calibration.bins
        if each.accuracy is not None and each.confidence is not None
    ]
    return Bars(across, up, bars)
