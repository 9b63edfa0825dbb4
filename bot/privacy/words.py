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
    """Everything of secrets.yml, lists in lists made one list."""
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
    by_first: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase)):
        by_first.setdefault(phrase[0], []).append(phrase)
    letters = [first for first in by_first if _is_letter(first)]
    others = [first for first in by_first if not _is_letter(first)]
    patterns = []
    for before, firsts in (("(?<![a-z])", letters), ("", others)):
        # After one look at the first character most places of a text are done with.
        if firsts:
            starting = "|".join(_from(first, by_first[first], ending) for first in firsts)
            patterns.append(f"{before}(?=[{re.escape(''.join(firsts))}])(?:{starting})")
    return "|".join(patterns)


def _from(first: str, phrases: list[str], ending: str) -> str:
    return f"{re.escape(first)}(?:{'|'.join(_rest(phrase, ending) for phrase in phrases)})"


def _rest(phrase: str, ending: str) -> str:
    rest = r"[\s_-]{0,3}".join(re.escape(word) for word in phrase[1:].split(" "))
    return f"{rest}{ending}(?![a-z])" if _is_letter(phrase[-1]) else rest


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
