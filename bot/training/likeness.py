"""Utterances so alike that the second teaches nothing: found by the runs of characters and words they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sklearn.feature_extraction.text import TfidfVectorizer

from bot.nlu.normalize import normalize

# Rare runs weigh more, so two that differ in one telling word stay below it; "how do i pay" and "how do I pay?" do not.
TOO_ALIKE = 0.8
_RUNS = (1, 3)  # characters; across blanks, since Chinese has none
_LINES_AT_A_TIME = 500  # so that the products of large data fit into memory


class AlikePair(NamedTuple):
    """Two utterances by their places in a list; ``likeness`` is 1 for the same text."""

    first: int
    second: int
    likeness: float


def alike_pairs(texts: Sequence[str], threshold: float = TOO_ALIKE) -> list[AlikePair]:
    """The pairs whose likeness, a cosine, is at least the threshold; the earlier utterance first."""
    if len(texts) < 2:
        return []
    by_runs = TfidfVectorizer(preprocessor=normalize, analyzer="char", ngram_range=_RUNS, binary=True)
    rows = by_runs.fit_transform(texts)
    pairs: list[AlikePair] = []
    for start in range(0, len(texts), _LINES_AT_A_TIME):
        products = (rows[start : start + _LINES_AT_A_TIME] @ rows.T).tocoo()
        found = (products.data >= threshold) & (products.col < products.row + start)
        pairs += [
            AlikePair(int(column), int(start + row), round(float(likeness), 6))
            for row, column, likeness in zip(
                products.row[found], products.col[found], products.data[found], strict=True
            )
        ]
    return sorted(pairs, key=lambda pair: (pair.second, pair.first))


def without_alike(texts: Sequence[str], threshold: float = TOO_ALIKE) -> list[str]:
    """The utterances less each one that is too much like an earlier one that stays."""
    gone: set[int] = set()
    for pair in alike_pairs(texts, threshold):
        if pair.first not in gone:
            gone.add(pair.second)
    return [text for place, text in enumerate(texts) if place not in gone]
