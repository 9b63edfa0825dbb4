"""Cuts card numbers, ids, codes and passwords out of a text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from bot.privacy.codes import codes
from bot.privacy.folded import CUT, Cut, fold
from bot.privacy.numbers import cards, id_numbers, joined
from bot.privacy.passwords import passwords

_PASSES = 8  # a cut brings its neighbours nearer to a word, so the rest is read again


@dataclass(frozen=True)
class Redacted:
    """A text without its secrets, and what kinds they were of: card, id_number, code, password."""

    text: str
    kinds: frozenset[str] = frozenset()


def redact(text: str) -> Redacted:
    """The text with four bullets for each secret; as it is when it holds none."""
    kinds: set[str] = set()
    for _ in range(_PASSES):
        cuts = _cuts(text)
        if not cuts:
            break
        kinds.update(cut.kind for cut in cuts)
        text = _replaced(text, cuts)
    return Redacted(text, frozenset(kinds))


def _cuts(text: str) -> list[Cut]:
    """The secrets in order, by their places in the text as it was typed."""
    page = fold(text)
    found: list[Cut] = []
    for search in (id_numbers, cards, codes, passwords):
        cuts = search(page)
        found += cuts
        page = page.without(cuts)
    return [Cut(page.places[start], page.places[end - 1] + 1, kind) for start, end, kind in found]


def _replaced(text: str, cuts: list[Cut]) -> str:
    ends = [0, *(cut.end for cut in joined(cuts))]
    starts = [*(cut.start for cut in joined(cuts)), len(text)]
    kept = (text[end:start] for end, start in zip(ends, starts, strict=True))
    return CUT.join(chain(kept))
