"""Texts with what is to be found in them marked: ``付了[六千块=6000]没到``."""

from __future__ import annotations

import re

from bot.nlu.entities import extract_entities

Place = tuple[str, str, int]

_MARK = re.compile(r"\[([^=\]]+)=([^\]]*)\]")


def unmarked(text: str) -> tuple[str, list[Place]]:
    """The text without its marks, and the words, value and start of each."""
    plain, places, end = "", [], 0
    for found in _MARK.finditer(text):
        plain += text[end : found.start()]
        places.append((found[1], found[2], len(plain)))
        plain, end = plain + found[1], found.end()
    return plain + text[end:], places


def places(text: str, entity: str) -> list[Place]:
    """Words, value and start of each entity of a name."""
    return [
        (text[found["start"] : found["end"]], found["value"], found["start"])
        for found in extract_entities(text)
        if found["entity"] == entity
    ]
