"""A place in a text and what stands there."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """The value of the characters from ``start`` to before ``end``."""

    start: int
    end: int
    value: str
