"""Cuts what may be private out of words that others wrote: libraries, and errors that quote what they were given."""

from __future__ import annotations

import re

MASK = "…"

# What is quoted, an address of mail, a number as long as a phone's, what looks like a token, what is not ASCII at all.
_PRIVATE = re.compile(
    r"""'[^'\n]*'|"[^"\n]*"|\S+@\S+|\+?\d(?:[ -]?\d){5,}|(?=\w*\d)[\w-]{24,}|[^\x00-\x7f]+""",
    re.ASCII,
)


def masked(words: str) -> str:
    """The words without what may be private. What is left says what went wrong, not with whose data."""
    return _PRIVATE.sub(MASK, words)
