"""Mends what people mistype and levels what they write in two ways, by the tables of spelling.yml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

SPELLING_FILE = Path(__file__).with_name("spelling.yml")

_LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
# Variation selectors, colours of skin, blanks: the picture says the same without.
_NUANCES = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\\s]+")


class Spelling:
    """The tables, made ready for one pass each."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self._chinese = _by_variant(tables["chinese"])
        # A word that only holds a variant is found first or longer, and put back as it is.
        self._chinese |= {word: word for word in tables["untouched"]}
        english = _by_variant(tables["english"])
        self._words = {variant: spelling for variant, spelling in english.items() if " " not in variant}
        self._phrases = {variant: spelling for variant, spelling in english.items() if " " in variant}
        self._pictures = _by_variant(tables["alone"])
        self._any_chinese = re.compile(_any_of(self._chinese))
        # Not \b: a Chinese character beside it would count as part of the word, and 我sign in不了 keep it.
        self._any_phrase = re.compile(rf"(?<![a-z'])(?:{_any_of(self._phrases)})(?![a-z'])")

    def mend_chinese(self, text: str) -> str:
        """Simplified Chinese without the usual typos."""
        return self._any_chinese.sub(lambda found: self._chinese[found[0]], text)

    def mend_english(self, text: str) -> str:
        """Lower-case English without the usual typos, in American spelling, contracted with an apostrophe."""
        text = _LATIN_WORD.sub(lambda found: self._words.get(found[0], found[0]), text)
        return self._any_phrase.sub(lambda found: self._phrases[found[0]], text)

    def read_pictures(self, text: str) -> str | None:
        """What a text says that is nothing but one of the known pictures, perhaps repeated."""
        said = {self._pictures.get(picture) for picture in _NUANCES.sub("", text)}
        return said.pop() if len(said) == 1 else None


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The tables of spelling.yml."""
    return Spelling(yaml.safe_load(SPELLING_FILE.read_text(encoding="utf-8")))


def _by_variant(table: dict[str, list[str]]) -> dict[str, str]:
    return {variant: right for right, variants in table.items() for variant in variants}


def _any_of(words: Iterable[str]) -> str:
    """A pattern of words, the longest first; most places of a text are done with after a look at one character."""
    first = "".join(sorted({re.escape(word[0]) for word in words}))
    return rf"(?=[{first}])(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"
