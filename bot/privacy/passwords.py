"""Passwords: what a text says a password is, was, or was changed to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.folded import Cut, Folded
from bot.privacy.patterns import AROUND, PATTERNS

_LONGEST_VALUE = 2000
_REACHES_BACK = 64  # characters of a value before its name
_REACHES = 28  # characters after a name in which what looks like a password is taken for it
_VERB_REACHES = 24
_FEWEST = 4
_NEIGHBOURS = 30

Span = tuple[int, int]


def passwords(page: Folded) -> list[Cut]:
    """Every value that the text gives out as a password."""
    spans: list[Span] = []
    read_to = 0
    names = list(PATTERNS["password_name"].finditer(page.lower))
    for name in names:
        # A name within a value found already is a part of it.
        if name.end() >= read_to:
            spans += _values(page, name.start(), name.end())
            read_to = spans[-1][1] if spans else 0
    if names:
        spans += _brought(page)
    return [Cut(start, end, "password") for start, end in sorted(set(spans))]


def _values(page: Folded, start: int, end: int) -> Iterator[Span]:
    """What follows one name."""
    joins = PATTERNS["password_joining"].match(page.lower, end) or _to(page, start, end)
    place = joins.end() if joins else end
    value = PATTERNS["value" if joins else "quoted"].match(page.text, place, place + _LONGEST_VALUE)
    if value:
        span = (value.end() - len(value[0].lstrip(" ")), value.end())
        if not _is_harmless(page, span):
            yield span
            return
    yield from _betrayed(page, end, is_joined=joins is not None)


def _to(page: Folded, start: int, end: int) -> re.Match[str] | None:
    joins = PATTERNS["to"].match(page.lower, end)
    has_verb = joins and PATTERNS["changing"].search(page.lower[max(start - _VERB_REACHES, 0) : start])
    return joins if has_verb else None


def _is_harmless(page: Folded, span: Span) -> bool:
    """Whether what follows is only what people say about passwords."""
    start, end = span
    value = page.text[start:end].strip(AROUND)
    if not value:
        return True
    start = page.text.index(value, start)
    if PATTERNS["harmless"].match(page.lower, start, start + _NEIGHBOURS):
        return True
    if PATTERNS["made"].search(value):
        return False
    return PATTERNS["harmless_word"].match(page.lower, start, start + len(value)) is not None


def _betrayed(page: Folded, end: int, *, is_joined: bool) -> Iterator[Span]:
    """What looks like a password a few words after the name."""
    stop = PATTERNS["clause_end"].search(page.text, end, end + _REACHES)
    reach = stop.start() if stop else end + _REACHES
    for begun in PATTERNS["token"].finditer(page.text, end, reach):
        start = begun.start()
        token = PATTERNS["token"].match(page.text, start, start + _LONGEST_VALUE) or begun
        value = token[0].strip(AROUND)
        is_next = not page.text[end:start].strip(AROUND)
        if value and _betrays_itself(page, start + token[0].index(value), value, is_expected=is_next or is_joined):
            yield start, token.end()


def _betrays_itself(page: Folded, start: int, value: str, *, is_expected: bool) -> bool:
    end = start + len(value)
    spoken = page.lower[start:end]
    is_own_id = page.numbers[start:end] != spoken
    if is_own_id or PATTERNS["known"].match(spoken):
        return False
    if PATTERNS["harmless"].match(page.lower, start, start + _NEIGHBOURS):
        return False
    if PATTERNS["lettered"].match(value):
        return PATTERNS["made" if is_expected else "digit"].search(value) is not None
    return is_expected and PATTERNS["digits"].match(value) is not None


def _brought(page: Folded) -> Iterator[Span]:
    """The value before "is my password"."""
    for found in PATTERNS["brought"].finditer(page.lower):
        start = max(found.start() - _REACHES_BACK, 0)
        token = PATTERNS["last_token"].search(page.text[start : found.start()])
        value = token[0].strip(AROUND) if token else ""
        if token and len(value) >= _FEWEST and PATTERNS["made"].search(value):
            span = (start + token.start(), start + token.end())
            if not _is_harmless(page, span):
                yield span
