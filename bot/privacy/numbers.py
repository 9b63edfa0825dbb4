"""Long numbers that are secrets wherever they stand: bank cards and resident ids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from re import Match, Pattern

from bot.privacy.folded import Cut, Folded
from bot.privacy.words import any_of, compiled, words

_GAP = r"[\s\-._,/|。]{0,3}"
_CHAIN = compiled(rf"\d(?:{_GAP}\d)*")
_GROUP = compiled(r"\d+")
_PHONE = compiled(r"(?:00)?(?:86)?1[3-9]\d{9}")
_NAME_REACHES = 32  # characters in front of a number in which its name is looked for

# Networks by their first digits; 9 and 81 are old and new Chinese ones. Years and mobile numbers start otherwise.
_CARD = compiled(r"(?:3|4|5|6|81|9[45]|220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)")
_CARD_DIGITS = range(13, 20)
_CARD_DIGITS_TYPED = range(12, 21)  # with a digit lost or doubled

_ID = compiled(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_LAST = compiled(rf"{_GAP}x(?![a-z0-9])")

Group = tuple[int, int]  # start and end of digits without a gap


@lru_cache(maxsize=2)
def _named(section: str) -> Pattern[str]:
    names, between = (any_of(words()[section][part]) for part in ("names", "between"))
    return compiled(rf"(?:{names})(?:{between}|[\s:：=#,，。\"'“‘(（-]){{0,12}}$")


def _is_named(section: str, page: Folded, start: int) -> bool:
    return _named(section).search(page.lower[max(start - _NAME_REACHES, 0) : start]) is not None


def _chains(page: Folded) -> Iterator[list[Group]]:
    """Numbers as their groups of digits: 6222 0202 is one of two groups."""
    for chain in _CHAIN.finditer(page.numbers):
        yield [found.span() for found in _GROUP.finditer(page.numbers, chain.start(), chain.end())]


def _windows(groups: list[Group], lengths: range) -> Iterator[tuple[int, int]]:
    """First and last of neighbouring groups that have so many digits together."""
    for first in range(len(groups)):
        count = 0
        for last in range(first, len(groups)):
            count += groups[last][1] - groups[last][0]
            if count >= lengths.stop:
                break
            if count >= lengths.start:
                yield first, last


def _digits(page: Folded, groups: list[Group]) -> str:
    return "".join(page.numbers[start:end] for start, end in groups)


def cards(page: Folded) -> list[Cut]:
    """Card numbers with a right check digit, and whatever number is called one."""
    found = []
    for groups in _chains(page):
        for first, last in _windows(groups, _CARD_DIGITS):
            digits = _digits(page, groups[first : last + 1])
            if _CARD.match(digits) and passes_luhn(digits):
                found.append(Cut(groups[first][0], groups[last][1], "card"))
        found += _called_card(page, groups)
    return joined(found)


def _called_card(page: Folded, groups: list[Group]) -> list[Cut]:
    whole = groups[:1] if groups[0][1] - groups[0][0] >= _CARD_DIGITS_TYPED.start else groups[: _CARD_DIGITS_TYPED.stop]
    lasts = [last for first, last in _windows(whole, _CARD_DIGITS_TYPED) if first == 0]
    if not lasts or not _is_named("card", page, groups[0][0]):
        return []
    if _PHONE.fullmatch(_digits(page, whole[: lasts[-1] + 1])):
        return []
    return [Cut(groups[0][0], groups[lasts[-1]][1], "card")]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the one that the others ask for."""
    doubled = sum((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)[int(digit)] for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def id_numbers(page: Folded) -> list[Cut]:
    """Chinese resident ids with a right check character, and whatever is called one."""
    found = []
    for groups in _chains(page):
        for first, last in _windows(groups, range(15, 19)):
            start, end = groups[first][0], groups[last][1]
            digits = _digits(page, groups[first : last + 1])
            ending: Match[str] | None = _ID_LAST.match(page.numbers, end) if len(digits) == 17 else None
            whole = digits + "X" if ending else digits
            is_plain = len(whole) == 18 and _ID.match(whole) and id_check(whole[:17]) == whole[17]
            is_called = len(whole) in (15, 18) and first == 0 and _is_named("id_number", page, start)
            if is_plain or is_called:
                found.append(Cut(start, ending.end() if ending else end, "id_number"))
    return joined(found)


def id_check(digits: str) -> str:
    """The check character of the first 17 digits of a resident id."""
    return _ID_CHECKS[sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=True)) % 11]


def joined(cuts: list[Cut]) -> list[Cut]:
    """The cuts in order, those that overlap as one."""
    kept: list[Cut] = []
    for cut in sorted(cuts):
        if kept and cut.start < kept[-1].end:
            kept[-1] = kept[-1]._replace(end=max(kept[-1].end, cut.end))
        else:
            kept.append(cut)
    return kept
