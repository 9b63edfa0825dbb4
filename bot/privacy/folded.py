"""A text in the one spelling the patterns read: digits and letters as ASCII, nothing invisible, every place known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from bot.privacy.patterns import PATTERNS

BULLET = "•"
CUT = BULLET * 4

_FOREIGN = re.compile("[^\x00-\x7f\u3001\u3002\u3008-\u3011\u3400-\u9fff，！？：；（）“”‘’…￥•]")
# Without a width of their own: formats and marks, and what Unicode counts as letters or signs.
_INVISIBLE_CATEGORIES = ("Cf", "Mn", "Me")
_INVISIBLE = "\u115f\u1160\u2800\u3164\uffa0"
_DASHES_AND_DOTS = {"−": "-", "·": ".", "．": "."}
_NUMERALS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")


class Cut(NamedTuple):
    """A stretch of a text that holds a secret."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Folded:
    """A text as the patterns read it. All three spellings have the same length."""

    text: str
    lower: str
    numbers: str
    """In lower case, Chinese numerals as digits, ids and case numbers of our own left out."""
    places: Sequence[int]
    """Where each character stands in the text as it was typed."""

    def without(self, cuts: Iterable[Cut]) -> Folded:
        """The same with bullets for what was found already."""
        cuts = list(cuts)
        if not cuts:
            return self
        spellings = [list(self.text), list(self.lower), list(self.numbers)]
        for start, end, _ in cuts:
            for spelling in spellings:
                spelling[start:end] = BULLET * (end - start)
        text, lower, numbers = map("".join, spellings)
        return replace(self, text=text, lower=lower, numbers=numbers)


def fold(text: str) -> Folded:
    """The text in that spelling."""
    places: Sequence[int] = range(len(text))
    if _FOREIGN.search(text):
        pieces = [(place, _folded(char)) for place, char in enumerate(text)]
        text = "".join(piece for _, piece in pieces)
        places = [place for place, piece in pieces if piece]
    lower = text.translate(_LOWER)
    numbers = PATTERNS["own"].sub(lambda found: "_" * len(found[0]), lower)
    numbers = PATTERNS["numerals"].sub(lambda found: found[0].translate(_NUMERALS), numbers)
    return Folded(text, lower, numbers, places)


_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


@lru_cache(maxsize=8192)
def _folded(char: str) -> str:
    if not _FOREIGN.match(char):
        return char
    category = unicodedata.category(char)
    if category in _INVISIBLE_CATEGORIES or char in _INVISIBLE:
        return ""
    if category.startswith("Z"):
        return " "
    if category == "Pd":
        return "-"
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and plain.isascii() and plain.isalnum():
        return plain
    value = unicodedata.decimal(char, None)
    if value is not None:
        return str(value)
    # One place each, also where a character takes two units of UTF-16.
    return _DASHES_AND_DOTS.get(char, char) if char <= "\uffff" else "\ufffd"
