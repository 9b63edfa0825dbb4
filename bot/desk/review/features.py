"""What a line is compared by: its words, Chinese characters alone and in pairs, and what the bot guessed. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Weights = dict[str, float]

# What is read as one: words of Latin letters, numbers, runs of Chinese characters.
_RUN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+|[\u3400-\u4dbf\u4e00-\u9fff]+")
_NUMBER = "0"  # which one it is says nothing of what is meant
_OF_CHARACTER = 0.5  # beside a pair of them, which is a word more often
_OF_GUESSES = 0.2  # of the likeness of two lines; the rest is words
_MOST_GUESSES = 5
# As if so many more lines were known: among few, what two of them share would count as common.
_PRIOR = 1000


@dataclass(frozen=True)
class Said:
    """A line of a user, and the intents it was nearest to with how sure the classifier was of each, from 0 to 1."""

    text: str
    guesses: Mapping[str, float] = field(default_factory=dict)


def spelling(text: str) -> str:
    """A text as it is compared: what differs only in case, width, blanks, marks or numbers is spelled alike."""
    found = _RUN.findall(unicodedata.normalize("NFKC", text).lower())
    return " ".join(_NUMBER if run.isdigit() else run for run in found)


def weigh(lines: Sequence[Said]) -> list[Weights]:
    """What each line is compared by, of length 1 over all: what few lines have weighs more."""
    counted = [_counted(spelling(line.text)) for line in lines]
    having = Counter(name for counts in counted for name in counts)
    rarity = {name: math.log(1 + (len(lines) + _PRIOR) / count) for name, count in having.items()}
    weighed = []
    for line, counts in zip(lines, counted, strict=True):
        guesses = _of_length(_likeliest(line.guesses), _OF_GUESSES)
        words = {name: count * rarity[name] for name, count in counts.items()}
        weighed.append({**_of_length(words, 1 - _OF_GUESSES if guesses else 1), **guesses})
    return weighed


def _counted(text: str) -> Weights:
    counts: Counter[str] = Counter()
    weights: Weights = {}
    for run in text.split():
        if run[0].isascii():
            counts[run] += 1
        else:
            counts.update(first + second for first, second in pairwise(run))
            for character in run:
                weights[character] = weights.get(character, 0) + _OF_CHARACTER
    return {**weights, **counts}


def _likeliest(guesses: Mapping[str, float]) -> Weights:
    # The prefix is none of a word: an intent may be called as a word is.
    best = sorted(guesses.items(), key=lambda guess: -guess[1])[:_MOST_GUESSES]
    return {f"/{name}": math.sqrt(confidence) for name, confidence in best if confidence > 0}


def _of_length(weights: Weights, square: float) -> Weights:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {name: weight * math.sqrt(square) / length for name, weight in weights.items()}
