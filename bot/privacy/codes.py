"""Verification codes: short numbers that a word beside them calls a code."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.privacy.folded import Cut, Folded
from bot.privacy.words import any_of, compiled, words

_GROUP, _DIGIT = compiled(r"\d+"), compiled(r"\d")
_CHAIN = compiled(r"(?P<date>(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d))|\d(?:[\s-]?\d)*")
_PHONE = compiled(r"(?:86)?1[3-9]\d{9}")
_SERVICE_LINE = compiled(r"95\d{3}|100\d\d|123\d\d")
_YEAR = compiled(r"(?:\b(?:in|since|from|until|of|by|year)\s+)(?:19|20)\d\d\Z")
_INSIDE_BEFORE = compiled(r"(?:\d[.,:/]|[*_+/\\]|[a-z]-|[a-z])\Z")
_INSIDE_AFTER = compiled(r"[.,:/]\d|[*_a-z]")
_LETTER_DASH = compiled(r"(?<![a-z])[a-z]-\Z")  # G-482193
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_WORD = compiled(r"[a-z']+")
_SENTENCE_END = compiled(r"[,.;!?，。；！？\n]")

_FEWEST, _MOST, _USUAL, _SHORT = 4, 8, 6, 3
_LONGEST_GROUP = 4  # of a code written in groups
_REACHES_AFTER, _REACHES_BEFORE = 40, 24  # characters from a name to its code, and from a code to its name
_NEIGHBOURS = 30


class Number(NamedTuple):
    """Digits that could be a code."""

    start: int
    end: int
    digits: str


class Name(NamedTuple):
    """A word for codes in a text: names, weak, or others that only sound like one."""

    start: int
    end: int
    group: str
    takes_three: bool


class _Patterns:
    def __init__(self) -> None:
        code, number = words()["code"], words()["number"]
        self.groups = {_plain(word): group for group in ("names", "weak", "others") for word in code[group]}
        self.short = {_plain(word) for word in code["short"]}
        self.name = compiled(any_of([*code["names"], *code["weak"], *code["others"]], ending="s?"))
        self.trouble = compiled(any_of(code["troubles"]))
        self.joining = compiled(rf"(?:{any_of(code['joining'])})[\s\"'“‘(（【\[]*\Z")
        self.between_words = frozenset(code["between_words"])
        self.between_characters = frozenset(code["between_characters"])
        self.named = compiled(
            rf"(?:{any_of(number['named'])})[\s:：=#]*(?:(?:[了过的是为约]|of|is|was|to|no)[\s:：=#.]*){{0,3}}\Z"
        )
        self.counting = compiled(rf"[\s-]?(?:{any_of(number['counting'])})")


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns()


def _plain(phrase: str) -> str:
    return re.sub(r"[\s_-]", "", phrase)


def codes(page: Folded) -> list[Cut]:
    """Every code that the text calls one."""
    numbers = list(_numbers(page))
    names = _names(page) if numbers else []
    if not names:
        return []
    ends, starts = [name.end for name in names], [name.start for name in names]
    found = []
    for number in numbers:
        before, after = bisect_right(ends, number.start) - 1, bisect_left(starts, number.end)
        name_before = names[before] if before >= 0 else None
        name_after = names[after] if after < len(names) else None
        if _is_code(page, number, name_before, name_after):
            found.append(Cut(number.start, number.end, "code"))
    return found


def _numbers(page: Folded) -> Iterator[Number]:
    """Numbers of three to eight digits, groups like 482 193 taken together."""
    for chain in _CHAIN.finditer(page.numbers):
        if chain["date"] or _PHONE.fullmatch(re.sub(r"\D", "", chain[0])):
            continue
        parts: list[Number] = []
        for group in _GROUP.finditer(page.numbers, chain.start(), chain.end()):
            last = parts[-1] if parts else None
            fits = last and len(last.digits) + len(group[0]) <= _MOST and len(group[0]) <= _LONGEST_GROUP
            if last and fits and len(last.digits) <= _MOST - 2:
                parts[-1] = Number(last.start, group.end(), last.digits + group[0])
            else:
                parts.append(Number(group.start(), group.end(), group[0]))
        yield from (part for part in parts if _SHORT <= len(part.digits) <= _MOST)


def _names(page: Folded) -> list[Name]:
    patterns = _patterns()
    found = []
    for match in patterns.name.finditer(page.lower):
        plain = _plain(match[0])
        word = plain if plain in patterns.groups else plain.removesuffix("s")
        found.append(Name(match.start(), match.end(), patterns.groups[word], word in patterns.short))
    return found


def _is_code(page: Folded, number: Number, before: Name | None, after: Name | None) -> bool:
    is_before = before is not None and before.group != "others" and number.start - before.end <= _REACHES_AFTER
    is_after = after is not None and after.group != "others" and after.start - number.end <= _REACHES_BEFORE
    if not (is_before or is_after) or _is_something_else(page, number, before if is_before else None):
        return False
    return (before is not None and is_before and _follows(page, number, before)) or (
        after is not None and is_after and _precedes(page, number, after)
    )


def _is_something_else(page: Folded, number: Number, before: Name | None) -> bool:
    """An amount, a count, a phone, a part of a word: anything that its neighbours call otherwise."""
    patterns = _patterns()
    start = max(number.start - _NEIGHBOURS, 0, before.end if before else 0)
    leading, trailing = page.numbers[start : number.start], page.numbers[number.end : number.end + _NEIGHBOURS]
    if patterns.counting.match(trailing) or _INSIDE_AFTER.match(trailing) or patterns.named.search(leading):
        return True
    if _YEAR.search(page.numbers[start : number.end]):
        return True
    is_inside = _INSIDE_BEFORE.search(leading)
    return bool(is_inside and not (_LETTER_DASH.search(leading) and len(number.digits) >= _USUAL))


def _follows(page: Folded, number: Number, name: Name) -> bool:
    """Whether the name before a number speaks of it: "code: 482193"."""
    between = page.lower[name.end : number.start]
    is_joined = _patterns().joining.search(between) is not None
    if len(number.digits) < _FEWEST:
        return name.takes_three and _is_between(between)
    if name.group == "weak" and len(number.digits) < _USUAL:
        around = page.lower[max(name.start - _NEIGHBOURS, 0) : number.start]
        if _patterns().trouble.search(around):
            return False
    is_amount = _is_round(number) and not is_joined
    if _is_between(between) and not (is_amount and _says_something(between)):
        return True
    return not is_amount and (is_joined or len(number.digits) == _USUAL)


def _precedes(page: Folded, number: Number, name: Name) -> bool:
    """Whether the name after a number speaks of it: "482193 is the code"."""
    between = page.lower[number.end : name.start]
    if len(number.digits) < _FEWEST or _is_round(number) or _SERVICE_LINE.fullmatch(number.digits):
        return len(number.digits) == _SHORT and name.takes_three and _is_between(between)
    return len(number.digits) == _USUAL or (_is_between(between) and not _SENTENCE_END.search(between))


def _is_between(between: str) -> bool:
    """Whether these are only words that stand between a name and its code."""
    patterns = _patterns()
    return (
        all(word in patterns.between_words for word in _WORD.findall(between))
        and all(char in patterns.between_characters for char in _IDEOGRAPH.findall(between))
        and not _DIGIT.search(between)
    )


def _says_something(between: str) -> bool:
    return bool(_WORD.search(between) or _IDEOGRAPH.search(between))


def _is_round(number: Number) -> bool:
    return number.digits.endswith("000")
