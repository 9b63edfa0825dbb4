"""Traditional Chinese as simplified, for whoever reads a message."""

from __future__ import annotations

from functools import lru_cache

import opencc


@lru_cache(maxsize=1)
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def to_simplified(text: str) -> str:
    """The text in simplified characters."""
    if text.isascii():
        return text
    # Half of a surrogate pair, which JSON can bring, is no character that OpenCC could read.
    converted: str = _converter().convert(text.encode("utf-8", "replace").decode("utf-8"))
    # The one character that OpenCC makes another traditional one of.
    return converted.replace("苧", "苎")


def to_simplified_in_place(text: str) -> str:
    """The same with every character at its place; as it was, where a character would become two."""
    converted = to_simplified(text)
    return converted if len(converted) == len(text) else text
