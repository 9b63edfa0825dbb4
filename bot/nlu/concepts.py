"""Concepts: what different words of both languages say alike, so that one learns from the other."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from pathlib import Path

import yaml

CONCEPTS_FILE = Path(__file__).with_name("concepts.yml")


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    concepts: dict[str, list[str]] = yaml.safe_load(CONCEPTS_FILE.read_text(encoding="utf-8"))
    return [
        (name, re.compile("|".join(map(_pattern, expressions)), re.ASCII)) for name, expressions in concepts.items()
    ]


def _pattern(expression: str) -> str:
    """A Latin expression stands as whole words, a star for any ending; a Chinese one stands anywhere."""
    if not expression.isascii():
        return re.escape(expression)
    return rf"\b{re.escape(expression)}\b".replace(r"\*", r"[a-z]*")


def concepts(text: str) -> list[str]:
    """The concepts of a normalised text, by their first places."""
    found = [(place.start(), name) for name, pattern in _patterns() if (place := pattern.search(text))]
    return [name for _, name in sorted(found)]


def concept_terms(text: str) -> list[str]:
    """Concepts and every two of them that stand in the text, in whatever order."""
    found = concepts(text)
    return [*found, *("+".join(sorted(pair)) for pair in combinations(found, 2))]
