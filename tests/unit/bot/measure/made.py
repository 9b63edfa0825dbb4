"""Rows made by hand."""

from __future__ import annotations

from itertools import count

from bot.measure.rows import UNDECIDED, Row

_NUMBERS = count(1)


def row(
    gold: str,
    predicted: str | None = None,
    confidence: float = 0.9,
    *others: str,
    understood: bool = True,
    language: str = UNDECIDED,
    text: str | None = None,
    seconds: float = 0.001,
) -> Row:
    """A line that was taken for ``predicted`` first and for ``others`` after it; rightly if nothing is said."""
    taken_for = predicted or gold
    words = text or f"utterance {next(_NUMBERS)}"
    return Row(words, gold, taken_for, confidence, (taken_for, *others), understood, language, seconds)


# Of three lines of a two are right, of two of b one, and the only one of c.
SIX = [row("a"), row("a"), row("a", "b"), row("b"), row("b", "a"), row("c")]
