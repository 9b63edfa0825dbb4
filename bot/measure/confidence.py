"""What the model's confidence is worth: answering only above a threshold, and being as right as it is sure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.measure.rows import Row
from bot.measure.scores import TOP

THRESHOLDS = tuple(tenths / 10 for tenths in range(1, 10))
BINS = 10


@dataclass(frozen=True)
class Answering:
    """What happens when the bot acts on some lines and asks back on the rest.

    ``answered`` is the share it acts on, ``precision`` the share of these that it is right on, ``offered`` the share of
    the rest for which one of three buttons is right; None where there is no such line. ``threshold`` is None for what
    the bot really does, which looks at the distance to the second intent as well.
    """

    threshold: float | None
    answered: float
    precision: float | None
    offered: float | None


@dataclass(frozen=True)
class Bin:
    """Lines with a confidence from ``low`` up to ``high``: their mean confidence and accuracy, None without lines."""

    low: float
    high: float
    lines: int
    confidence: float | None
    accuracy: float | None


@dataclass(frozen=True)
class Calibration:
    """``error`` is the expected calibration error: the mean distance of accuracy from confidence, weighted by lines."""

    error: float
    bins: tuple[Bin, ...]


def answering_above(rows: Sequence[Row], threshold: float, topics: Collection[str]) -> Answering:
    """What would happen if confidence alone decided."""
    return _answering(rows, [row.confidence >= threshold for row in rows], threshold, topics)


def answering_now(rows: Sequence[Row], topics: Collection[str]) -> Answering:
    """What the bot really does."""
    return _answering(rows, [row.understood for row in rows], None, topics)


def calibrate(rows: Sequence[Row]) -> Calibration:
    """Compare confidence and accuracy in ten bins of equal width."""
    members: list[list[Row]] = [[] for _ in range(BINS)]
    for row in rows:
        members[min(int(row.confidence * BINS), BINS - 1)].append(row)
    bins = tuple(_bin(number, found) for number, found in enumerate(members))
    error = sum(
        each.lines * abs(each.accuracy - each.confidence)
        for each in bins
        if each.accuracy is not None and each.confidence is not None
    )
    return Calibration(error / len(rows), bins)


def _answering(
    rows: Sequence[Row], acts: Sequence[bool], threshold: float | None, topics: Collection[str]
) -> Answering:
    acted_on = [row for row, act in zip(rows, acts, strict=True) if act]
    rest = [row for row, act in zip(rows, acts, strict=True) if not act]
    return Answering(
        threshold,
        len(acted_on) / len(rows),
        _mean([row.is_right for row in acted_on]),
        _mean([row.gold in _buttons(row, topics) for row in rest]),
    )


def _buttons(row: Row, topics: Collection[str]) -> list[str]:
    return [intent for intent in row.ranking if not topics or intent in topics][:TOP]


def _bin(number: int, rows: Sequence[Row]) -> Bin:
    confidence, accuracy = _mean([row.confidence for row in rows]), _mean([row.is_right for row in rows])
    return Bin(number / BINS, (number + 1) / BINS, len(rows), confidence, accuracy)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
