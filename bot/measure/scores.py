"""Accuracy, precision, recall and F1: of all intents together, and of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

from bot.measure.rows import Row

TOP = 3


@dataclass(frozen=True)
class Summary:
    """Shares of some lines. Means are over the intents these lines are labelled with, whatever else was predicted."""

    lines: int
    accuracy: float
    macro_f1: float
    weighted_f1: float
    top_three: float


@dataclass(frozen=True)
class IntentFigures:
    """One intent: ``support`` lines are labelled with it, ``predicted`` were taken for it."""

    name: str
    precision: float
    recall: float
    f1: float
    support: int
    predicted: int


def summarise(rows: Sequence[Row]) -> Summary:
    """The figures of one or more lines."""
    gold, predicted = _labels(rows)
    present = sorted(set(gold))
    return Summary(
        lines=len(rows),
        accuracy=float(accuracy_score(gold, predicted)),
        macro_f1=_mean_f1(gold, predicted, present, "macro"),
        weighted_f1=_mean_f1(gold, predicted, present, "weighted"),
        top_three=sum(row.gold in row.ranking[:TOP] for row in rows) / len(rows),
    )


def figures_of_intents(rows: Sequence[Row], intents: Sequence[str]) -> tuple[IntentFigures, ...]:
    """The figures of these intents, in this order."""
    gold, predicted = _labels(rows)
    # An intent that was never predicted has no precision; it counts as none.
    columns = precision_recall_fscore_support(gold, predicted, labels=list(intents), zero_division=0)
    taken = Counter(predicted)
    return tuple(
        IntentFigures(name, float(precision), float(recall), float(f1), int(support), taken[name])
        for name, precision, recall, f1, support in zip(intents, *columns, strict=True)
    )


def _labels(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    return [row.gold for row in rows], [row.predicted for row in rows]


def _mean_f1(gold: list[str], predicted: list[str], present: list[str], average: str) -> float:
    return float(f1_score(gold, predicted, labels=present, average=average, zero_division=0))
