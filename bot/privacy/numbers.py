"""Long numbers that are secrets wherever they stand: bank cards and resident ids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from bot.privacy.folded import Cut, Folded
from bot.privacy.patterns import PATTERNS

_NAME_REACHES = 32  # characters in front of a number in which its name is looked for
_CARD_DIGITS = range(13, 20)
_CARD_DIGITS_TYPED = range(12, 21)  # with a digit lost or doubled
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_ID_DIGITS = range(15, 19)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_LETTER_REACHES = 5


class Chain(NamedTuple):
    """Digits with gaps between: 6222 0202 is a chain of two groups."""

    digits: str
    spans: dict[int, int]
    """Where a group of digits starts in the chain, and where in the text."""
    ends: dict[int, int]
    """The same of where it ends."""

    def pieces(self, first: int, lengths: range) -> list[tuple[int, int]]:
        """Ends in the chain and in the text of what begins here and has so many digits, in whole groups."""
        return [(end, self.ends[end]) for end in map(first.__add__, lengths) if end in self.ends]


def _is_called(pattern: str, page: Folded, start: int) -> bool:
    return PATTERNS[pattern].search(page.lower[max(start - _NAME_REACHES, 0) : start]) is not None


def _chains(page: Folded) -> Iterator[Chain]:
    """The numbers of a text that are long enough for a secret."""
    for found in PATTERNS["chain"].finditer(page.numbers):
        digits, spans, ends = [], {}, {}
        count = 0
        for group in PATTERNS["group"].finditer(page.numbers, found.start(), found.end()):
            digits.append(group[0])
            spans[count] = group.start()
            count += group.end() - group.start()
            ends[count] = group.end()
        yield Chain("".join(digits), spans, ends)


def cards(page: Folded) -> list[Cut]:
    """Card numbers with a right check digit, and whatever number is called one."""
    found = []
    for chain in _chains(page):
        sums = _luhn_sums(chain.digits)
        for first, start in chain.spans.items():
            if PATTERNS["card"].match(chain.digits[first : first + 4]):
                for last, end in chain.pieces(first, _CARD_DIGITS):
                    # The digit before the last is doubled, and every second one from there.
                    odd = (last - 1) % 2
                    if (sums[odd][last] - sums[odd][first]) % 10 == 0:
                        found.append(Cut(start, end, "card"))
        found += _called_card(page, chain)
    return joined(found)


def _called_card(page: Folded, chain: Chain) -> list[Cut]:
    pieces = chain.pieces(0, _CARD_DIGITS_TYPED)
    if not pieces or not _is_called("card_called", page, chain.spans[0]):
        return []
    # A number that is long enough by itself is the card, and what stands beside it is not.
    last, end = pieces[0] if pieces[0][0] == min(chain.ends) else pieces[-1]
    return [] if PATTERNS["phone"].match(chain.digits[:last]) else [Cut(chain.spans[0], end, "card")]


def _luhn_sums(digits: str) -> tuple[list[int], list[int]]:
    """Sums of the digits so far, those at odd places doubled, and those at even places doubled."""
    plain, doubled = list(map(int, digits)), [_DOUBLED[int(digit)] for digit in digits]
    even_kept, odd_kept = plain.copy(), plain.copy()
    even_kept[1::2], odd_kept[0::2] = doubled[1::2], doubled[0::2]
    return [0, *accumulate(even_kept)], [0, *accumulate(odd_kept)]


def id_numbers(page: Folded) -> list[Cut]:
    """Chinese resident ids with a right check character, and whatever is called one."""
    found: list[Cut] = []
    for chain in _chains(page):
        is_named = _is_called("id_called", page, chain.spans[0])
        for first, start in chain.spans.items():
            is_plausible = PATTERNS["id"].match(chain.digits[first : first + 17]) is not None
            if is_plausible or (is_named and first == 0):
                found += _ids_from(page, chain, first, start, is_named=is_named and first == 0)
    return joined(found)


def _ids_from(page: Folded, chain: Chain, first: int, start: int, *, is_named: bool) -> Iterator[Cut]:
    for last, end in chain.pieces(first, _ID_DIGITS):
        digits = chain.digits[first:last]
        letter = PATTERNS["id_letter"].match(page.numbers[end : end + _LETTER_REACHES]) if len(digits) == 17 else None
        whole = f"{digits}X" if letter else digits
        if len(whole) == 18 and (is_named or id_check(whole[:17]) == whole[17]):
            yield Cut(start, end + letter.end() if letter else end, "id_number")
        elif len(whole) == 15 and is_named:
            yield Cut(start, end, "id_number")


def id_check(digits: str) -> str:
    """The check character of the first 17 digits of a resident id."""
    return _ID_CHECKS[sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=True)) % 11]


def joined(cuts: list[Cut]) -> list[Cut]:
    """The cuts in order, those that overlap or touch as one."""
    kept: list[Cut] = []
    for cut in sorted(cuts):
        if kept and cut.start <= kept[-1].end:
            kept[-1] = kept[-1]._replace(end=max(kept[-1].end, cut.end))
        else:
            kept.append(cut)
    return kept
