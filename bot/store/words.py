"""What is searched for in what was said: the words of a text, and the question put to an index of them. Pure.

Chinese is written without blanks. Each of its characters makes a word with the one that follows it, the last of a run
one by itself: of a run ABCD those are AB, BC, CD and D. Two characters are found as one word, more as several words in
a row, and one as the beginning of words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

SQLITE, POSTGRESQL = "sqlite", "postgresql"

_LONGEST_TEXT = 10_000  # characters; what comes after them is not found
_LONGEST_WORD = 64  # characters; what comes after them may be anything
# Chinese and Japanese: no blanks between words.
_UNSPACED = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_QUOTED_OR_WORD = re.compile(r'"([^"]*)"?|([^"\s]+)')
_QUOTES = dict.fromkeys((0x201C, 0x201D, 0x201E, 0xAB, 0xBB, 0x300C, 0x300D, 0x300E, 0x300F), '"')


class _Phrase(NamedTuple):
    """Words that must follow each other; whether the last one is only the beginning of a word."""

    words: tuple[str, ...]
    is_open: bool


def segmented(text: str) -> str:
    """The words of a text set apart by blanks, in small letters of usual width; nothing else of it remains."""
    return " ".join(word for run in _runs(_folded(text[:_LONGEST_TEXT])) for word in _words(run))


def phrase_of(asked: str, dialect: str) -> str | None:
    """What to ask the index for texts that hold all that is asked for; None where that is no word at all.

    A run of Chinese must be there as it stands, and so what is in quotation marks. ``dialect`` is "sqlite", for FTS5's
    MATCH, or "postgresql", for ``to_tsquery('simple', …)``; the index is of segmented texts.
    """
    phrases = list(_phrases(_folded(asked[:_LONGEST_TEXT].translate(_QUOTES))))
    if not phrases:
        return None
    if dialect == SQLITE:
        return " AND ".join(f'"{" ".join(words)}"{" *" if is_open else ""}' for words, is_open in phrases)
    return " & ".join(f"({_in_a_row(phrase)})" for phrase in phrases)


def _in_a_row(phrase: _Phrase) -> str:
    return " <-> ".join(f"'{word}'" for word in phrase.words) + (":*" if phrase.is_open else "")


def _phrases(asked: str) -> Iterator[_Phrase]:
    for quoted, word in _QUOTED_OR_WORD.findall(asked):
        if quoted:
            yield from _phrase(_runs(quoted))
            continue
        for is_unspaced, runs in groupby(_runs(word), _is_unspaced):
            # WH-7K3M is one thing, but a comma between two pieces of Chinese is none that was looked for.
            for together in [[run] for run in runs] if is_unspaced else [list(runs)]:
                yield from _phrase(together)


def _phrase(runs: Iterable[str]) -> Iterator[_Phrase]:
    runs = list(runs)
    words = [word for run in runs for word in _words(run)]
    if not words:
        return
    is_open = _is_unspaced(runs[-1])
    if is_open and len(runs[-1]) > 1:
        # In the text the run may go on.
        yield _Phrase(tuple(words[:-1]), is_open=False)
    else:
        yield _Phrase(tuple(words), is_open)


def _words(run: str) -> list[str]:
    if _is_unspaced(run):
        return [run[place : place + 2] for place in range(len(run))]
    return [run[:_LONGEST_WORD]]


def _runs(folded: str) -> list[str]:
    return _RUN.findall(folded)


def _is_unspaced(run: str) -> bool:
    return _IS_UNSPACED.match(run) is not None


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
