"""Recognises what the bot said: a response of data/responses, whatever its words are today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

_VARIABLE = re.compile(r"\\\{\w+\\\}")
_LINK_NUMBER = re.compile(r"(?:数字|number) (\d\d)\b")


def says(texts: Iterable[str], name: str, language: str) -> bool:
    """Whether one of the messages is that response in that language; ``name@en`` names another language."""
    name, _, other = name.partition("@")
    patterns = _patterns()[name, other or language]
    return any(pattern.fullmatch(text) for text in texts for pattern in patterns)


def names_of(text: str) -> list[str]:
    """Which responses a message may be, for the report of a failure."""
    return [
        f"{name}@{language}" for (name, language), found in _patterns().items() if any(p.fullmatch(text) for p in found)
    ]


def link_number(texts: Iterable[str]) -> str:
    """The number that was last told to be typed where a link leads."""
    return str(_LINK_NUMBER.findall("\n".join(texts))[-1])


@lru_cache(maxsize=1)
def _patterns() -> dict[tuple[str, str], list[re.Pattern[str]]]:
    patterns: dict[tuple[str, str], list[re.Pattern[str]]] = {}
    for path in sorted(Path("data/responses").glob("*.yml")):
        for name, variants in yaml.safe_load(path.read_text(encoding="utf-8"))["responses"].items():
            for variant in variants:
                for language in _languages(variant):
                    pattern = _VARIABLE.sub(".+?", re.escape(variant["text"]))
                    patterns.setdefault((name, language), []).append(re.compile(pattern, re.DOTALL))
    return patterns


def _languages(variant: dict[str, Any]) -> list[str]:
    named = [each["value"] for each in variant.get("condition", []) if each["name"] == "language"]
    return named or ["zh", "en"]
