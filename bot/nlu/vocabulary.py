"""The words of vocabulary.yml in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu.found import Found

VOCABULARY_FILE = Path(__file__).with_name("vocabulary.yml")


def find_words(text: str) -> Iterator[tuple[str, Found]]:
    """Every word of a folded text with the name of its entity. Of the words of one entity the longer wins."""
    for entity, pattern, value_of in _vocabulary():
        for found in pattern.finditer(text):
            yield entity, Found(found.start(), found.end(), value_of[found[0]])


@lru_cache(maxsize=1)
def _vocabulary() -> list[tuple[str, re.Pattern[str], dict[str, str]]]:
    rows = []
    for entity, values in yaml.safe_load(VOCABULARY_FILE.read_text(encoding="utf-8")).items():
        value_of = {word.lower(): value for value, words in values.items() for word in words}
        rows.append((entity, _any_of(value_of), value_of))
    return rows


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
    chinese = "|".join(re.escape(word) for word in longest_first if not word.isascii())
    first = re.escape("".join({word[0] for word in words}))
    # ASCII: otherwise a Chinese character counts as part of a word, and 用apple pay充值 names no channel.
    either = [rf"\b(?:{latin})\b"] * bool(latin) + [chinese] * bool(chinese)
    return re.compile(rf"(?=[{first}])(?:{'|'.join(either)})", re.ASCII)
