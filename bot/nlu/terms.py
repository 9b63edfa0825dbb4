"""What the classifier sees of a text: words, runs of characters, and concepts, each as a term that can be counted."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

WORD_LENGTHS = (1, 2)  # words and pairs of words
CHARACTER_LENGTHS = (1, 4)
_WORD = re.compile(r"[a-z0-9']+|[\u4e00-\u9fff]")


def words(text: str) -> list[str]:
    """Latin words and single Chinese characters. A word segmenter scored no better and costs a second at the start."""
    return _WORD.findall(text)


def word_terms(text: str) -> list[str]:
    """Words and pairs of neighbours."""
    found = words(text)
    return [*found, *(f"{first} {second}" for first, second in pairwise(found))]


def character_terms(text: str) -> list[str]:
    """Runs of one to four characters inside each word, with a blank at either end."""
    shortest, longest = CHARACTER_LENGTHS
    terms = []
    for word in text.split():
        padded = f" {word} "
        for length in range(shortest, min(longest, len(padded)) + 1):
            terms += [padded[place : place + length] for place in range(len(padded) - length + 1)]
    return terms


@dataclass(frozen=True)
class Terms:
    """The terms of one kind that training saw: each one's column in a row, and its inverse document frequency.

    ``share`` is the length of the part of a row that this kind has.
    """

    columns: dict[str, int]
    weights: list[float]
    offset: int
    share: float

    def row(self, terms: Iterable[str]) -> tuple[list[int], list[float]]:
        """Columns and values of a text: 1 + ln of the count, weighted, scaled to the length ``share``."""
        counts = Counter(term for term in terms if term in self.columns)
        columns = [self.columns[term] for term in counts]
        values = [
            (1 + math.log(count)) * self.weights[column] for column, count in zip(columns, counts.values(), strict=True)
        ]
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return [self.offset + column for column in columns], [self.share * value / length for value in values]
