"""Long numbers that are secrets wherever they stand: bank cards and resident ids."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from re import Pattern
from typing import NamedTuple

from bot.privacy.folded import Cut, Folded
from bot.privacy.words import any_of, compiled, words

_GAP = r"[\s\-._,/|。]{0,3}"
_CHAIN = compiled(rf"\d(?:{_GAP}\d)*")
_GROUP, _NO_DIGIT = compiled(r"\d+"), compiled(r"\D")
_FEWEST_DIGITS = 12
_PHONE = compiled(r"(?:00)?(?:86)?1[3-9]\d{9}")
_NAME_REACHES = 32  # characters in front of a number in which its name is looked for

# Networks by their first digits; 9 and 81 are old and new Chinese ones. Years and mobile numbers start otherwise.
_CARD = compiled(r"(?:3|4|5|6|81|9[45]|220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)")
_CARD_DIGITS = range(13, 20)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
_CARD_DIGITS_TYPED = range(12, 21)  # with a digit lost or doubled

_ID = compiled(
    r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
)
_ID_DIGITS = range(15, 19)
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_ID_LAST = compiled(rf"{_GAP}x(?![a-z0-9])")


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


@lru_cache(maxsize=2)
def _named(section: str) -> Pattern[str]:
    names, between = (any_of(words()[section][part]) for part in ("names", "between"))
    return compiled(rf"(?:{names})(?:{between}|[\s:：=#.,，。\"'“‘(（-]){{0,12}}\Z")


def _is_named(section: str, page: Folded, start: int) -> bool:
    return _named(section).search(page.lower[max(start - _NAME_REACHES, 0) : start]) is not None


def _chains(page: Folded) -> Iterator[Chain]:
    """The numbers of a text that are long enough for a secret."""
    for found in _CHAIN.finditer(page.numbers):
        chain, count = Chain(_NO_DIGIT.sub("", found[0]), {}, {}), 0
        if len(chain.digits) < _FEWEST_DIGITS:
            continue
        for group in _GROUP.finditer(page.numbers, found.start(), found.end()):
            chain.spans[count] = group.start()
            count += group.end() - group.start()
            chain.ends[count] = group.end()
        yield chain


def cards(page: Folded) -> list[Cut]:
    """Card numbers with a right check digit, and whatever number is called one."""
    found = []
    for chain in _chains(page):
        sums = _luhn_sums(chain.digits)
        for first, start in chain.spans.items():
            if _CARD.match(chain.digits, first):
                for last, end in chain.pieces(first, _CARD_DIGITS):
                    # The digit before the last is doubled, and every second one from there.
                    odd = (last - 1) % 2
                    if (sums[odd][last] - sums[odd][first]) % 10 == 0:
                        found.append(Cut(start, end, "card"))
        found += _called_card(page, chain)
    return joined(found)


def _called_card(page: Folded, chain: Chain) -> list[Cut]:
    pieces = chain.pieces(0, _CARD_DIGITS_TYPED)
    if not pieces or not _is_named("card", page, chain.spans[0]):
        return []
    # A number that is long enough by itself is the card, and what stands beside it is not.
    last, end = pieces[0] if pieces[0][0] == min(chain.ends) else pieces[-1]
    return [] if _PHONE.fullmatch(chain.digits[:last]) else [Cut(chain.spans[0], end, "card")]


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
        is_named = _is_named("id_number", page, chain.spans[0])
        for first, start in chain.spans.items():
            is_plausible = _ID.match(chain.digits, first) is not None
            if is_plausible or (is_named and first == 0):
                found += _ids_from(page, chain, first, start, is_named=is_named and first == 0)
    return joined(found)


def _ids_from(page: Folded, chain: Chain, first: int, start: int, *, is_named: bool) -> Iterator[Cut]:
    for last, end in chain.pieces(first, _ID_DIGITS):
        digits = chain.digits[first:last]
        letter = _ID_LAST.match(page.numbers, end) if len(digits) == 17 else None
        whole = f"{digits}X" if letter else digits
        if len(whole) == 18 and (is_named or id_check(whole[:17]) == whole[17]):
            yield Cut(start, letter.end() if letter else end, "id_number")
        elif len(whole) == 15 and is_named:
            yield Cut(start, end, "id_number")


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
