"""Verification codes: short numbers that a word beside them calls a code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from bot.privacy.folded import Cut, Folded
from bot.privacy.patterns import PATTERNS

_FEWEST, _USUAL = 4, 6
_REACHES_AFTER, _REACHES_BEFORE = 40, 24  # characters from a name to its code, and from a code to its name
_NEIGHBOURS = 30


class Name(NamedTuple):
    """A word for codes in a text, or one that only sounds like it."""

    start: int
    end: int
    takes_three: bool
    is_weak: bool
    is_other: bool


class Number(NamedTuple):
    """Digits that could be a code."""

    start: int
    end: int
    digits: str


def codes(page: Folded) -> list[Cut]:
    """Every code that the text calls one."""
    numbers = [found for found in PATTERNS["code_number"].finditer(page.numbers) if found[1]]  # else a date or a phone
    if not numbers:
        return []
    names = [_name(found) for found in PATTERNS["code_name"].finditer(page.lower)]
    if all(name.is_other for name in names):
        return []
    ends, starts = [name.end for name in names], [name.start for name in names]
    found = []
    for match in numbers:
        number = Number(match.start(), match.end(), match[1].translate(_NO_GAPS))
        before, after = bisect_right(ends, number.start) - 1, bisect_left(starts, number.end)
        name_before = names[before] if before >= 0 else None
        name_after = names[after] if after < len(names) else None
        if _is_code(page, number, name_before, name_after):
            found.append(Cut(number.start, number.end, "code"))
    return found


_NO_GAPS = dict.fromkeys(map(ord, " \t\n\r\f\v-"))


def _name(found: re.Match[str]) -> Name:
    kind = found.lastindex
    return Name(found.start(), found.end(), takes_three=kind == 1, is_weak=kind == 3, is_other=kind is None)


def _is_code(page: Folded, number: Number, before: Name | None, after: Name | None) -> bool:
    if before and (before.is_other or number.start - before.end > _REACHES_AFTER):
        before = None
    if after and (after.is_other or after.start - number.end > _REACHES_BEFORE):
        after = None
    if not (before or after) or _is_something_else(page, number, before):
        return False
    return bool((before and _follows(page, number, before)) or (after and _precedes(page, number, after)))


def _is_something_else(page: Folded, number: Number, before: Name | None) -> bool:
    """An amount, a count, a phone, a part of a word: anything that its neighbours call otherwise."""
    start = max(number.start - _NEIGHBOURS, before.end if before else 0, 0)
    leading, trailing = page.numbers[start : number.start], page.numbers[number.end : number.end + _NEIGHBOURS]
    return bool(PATTERNS["other_after"].match(trailing) or PATTERNS["other_before"].search(leading + number.digits))


def _follows(page: Folded, number: Number, name: Name) -> bool:
    """Whether the name before a number speaks of it: "code: 482193"."""
    between = page.lower[name.end : number.start]
    if len(number.digits) < _FEWEST:
        return name.takes_three and _is_between(between)
    if name.is_weak and len(number.digits) < _USUAL:
        around = page.lower[max(name.start - _NEIGHBOURS, 0) : number.start]
        if PATTERNS["trouble"].search(around):
            return False
    if PATTERNS["code_joining"].search(between):
        return True
    if PATTERNS["round"].search(number.digits):
        return PATTERNS["silent"].match(between) is not None
    return len(number.digits) == _USUAL or _is_between(between)


def _precedes(page: Folded, number: Number, name: Name) -> bool:
    """Whether the name after a number speaks of it: "482193 is the code"."""
    between = page.lower[number.end : name.start]
    if PATTERNS["no_code"].match(number.digits):
        return len(number.digits) < _FEWEST and name.takes_three and _is_between(between)
    if len(number.digits) == _USUAL:
        return True
    return _is_between(between) and not PATTERNS["sentence_end"].search(between)


def _is_between(between: str) -> bool:
    """Whether these are only words that stand between a name and its code."""
    return PATTERNS["code_between"].match(between) is not None
