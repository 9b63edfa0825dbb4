"""The words by which secrets are known: data that this package and the widget share."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

WORDS_FILE = Path(__file__).with_name("secrets.yml")

Words = dict[str, Any]


@lru_cache(maxsize=1)
def words() -> Words:
    """Everything of secrets.yml, lists in lists made one list. The widget gets this as JSON."""
    return {
        section: {name: _flat(listed) for name, listed in named.items()}
        for section, named in yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8")).items()
    }


def _flat(listed: Any) -> Any:
    if not isinstance(listed, list):
        return listed
    return [word for entry in listed for word in (entry if isinstance(entry, list) else [entry])]


def any_of(phrases: list[str], ending: str = "") -> str:
    """A pattern for any of the phrases, the longest first; an English one not within a longer word."""
    longest_first = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_pattern(phrase, ending) for phrase in longest_first)


def _pattern(phrase: str, ending: str) -> str:
    escaped = r"[\s_-]{0,3}".join(re.escape(word) for word in phrase.split(" "))
    starts, ends = (char.isascii() and char.isalpha() for char in (phrase[0], phrase[-1]))
    return ("(?<![a-z])" if starts else "") + escaped + (f"{ending}(?![a-z])" if ends else "")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for folded text in lower case: blanks are ASCII, Chinese characters belong to no word."""
    return re.compile(pattern, re.ASCII)
