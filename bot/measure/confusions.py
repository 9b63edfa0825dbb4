"""What is taken for what: the whole matrix, and the pairs that happen most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sklearn.metrics import confusion_matrix

from bot.measure.rows import Row

WORST = 20
EXAMPLES = 3


@dataclass(frozen=True)
class Matrix:
    """``counts`` has a row for each label that people gave, a column for each that they or the model gave."""

    gold: tuple[str, ...]
    predicted: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Example:
    """An utterance that was taken for something else, and how sure the model was of it."""

    text: str
    confidence: float


@dataclass(frozen=True)
class Confusion:
    """``count`` lines of an intent were taken for another, a ``share`` of all its lines; the surest as examples."""

    gold: str
    predicted: str
    count: int
    share: float
    examples: tuple[Example, ...]


def matrix_of(rows: Sequence[Row], labels: Sequence[str]) -> Matrix:
    """Count every pair. ``labels`` are all that occur, in the order of rows and columns."""
    counts = confusion_matrix([row.gold for row in rows], [row.predicted for row in rows], labels=list(labels))
    gold = {row.gold for row in rows}
    kept = [(label, tuple(map(int, line))) for label, line in zip(labels, counts, strict=True) if label in gold]
    return Matrix(tuple(label for label, _ in kept), tuple(labels), tuple(line for _, line in kept))


def worst_confusions(rows: Sequence[Row]) -> tuple[Confusion, ...]:
    """Those that happen most, the most frequent first."""
    supports = Counter(row.gold for row in rows)
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if not row.is_right:
            pairs[row.gold, row.predicted].append(row)
    found = [
        Confusion(gold, predicted, len(wrong), len(wrong) / supports[gold], _surest(wrong))
        for (gold, predicted), wrong in pairs.items()
    ]
    found.sort(key=lambda confusion: (-confusion.count, -confusion.share, confusion.gold, confusion.predicted))
    return tuple(found[:WORST])


def _surest(rows: Sequence[Row]) -> tuple[Example, ...]:
    confidences = {row.text: row.confidence for row in rows}
    surest = sorted(confidences, key=lambda text: (-confidences[text], text))
    return tuple(Example(text, confidences[text]) for text in surest[:EXAMPLES])
