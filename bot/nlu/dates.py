"""Dates and weekdays by number or name, as times.py describes their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.nlu.found import Found
from bot.nlu.numerals import number_in_chinese

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join([*_MONTHS, *(rf"{month[:3]}t?\b\.?" for month in _MONTHS)])
_WEEKDAY = "|".join(_WEEKDAYS)
_SHORT_WEEKDAY = "mon|tues?|wed|thurs?|thu|fri|sat|sun"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_CHINESE_DAY = "三十一|三十|二十[一二三四五六七八九]|二十|十[一二三四五六七八九]|[一二三四五六七八九十]"
_CHINESE_MONTH = "十[一二]|[一二三四五六七八九十]"
_YEAR = r"(?:19|20)\d\d"

_DATES = [
    re.compile(
        rf"(?<![\d./-])(?P<year>{_YEAR})(?P<mark>[-/.])(?P<month>0?[1-9]|1[0-2])(?P=mark)(?P<day>{_DAY})(?![/-]?\d)",
        re.ASCII,
    ),
    # 25/12/2026, 12/25/2026; where both could be the month nobody knows which is.
    re.compile(
        rf"(?<![\d./-])(?P<first>{_DAY})(?P<mark>[-/.])(?P<second>{_DAY})(?P=mark)(?P<year>{_YEAR})(?!\d)", re.ASCII
    ),
    re.compile(
        rf"(?:(?<!\d)(?P<year>{_YEAR})\s?年\s?)?(?<![\d一二三四五六七八九十])(?P<month>0?[1-9]|1[0-2]|{_CHINESE_MONTH})\s?月(?:份)?"
        rf"(?:\s?(?P<day>{_DAY}|{_CHINESE_DAY})\s?[号日])?",
        re.ASCII,
    ),
    re.compile(
        rf"\b(?P<month>{_MONTH})\s(?:the\s)?(?P<day>{_DAY})(?:st|nd|rd|th)?\b(?!:\d|\s?[ap]\.?m)(?:,?\s(?P<year>{_YEAR})\b)?",
        re.ASCII,
    ),
    re.compile(
        rf"(?<![\d.])(?P<day>{_DAY})(?:st|nd|rd|th)?\s(?:of\s)?(?!may\s(?:not|be|have)\b)(?P<month>{_MONTH})(?![a-z])(?:,?\s(?P<year>{_YEAR})\b)?",
        re.ASCII,
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\s(?P<year>{_YEAR})\b", re.ASCII),
    # Neither a station of line 3 nor an account's number.
    re.compile(
        rf"(?<![\d第卡账工编型单证户机号车学.一二三四五六七八九十])(?P<day>{_DAY}|{_CHINESE_DAY})\s?号(?![线楼店码柜窗门机台院馆厅桌床])",
        re.ASCII,
    ),
    re.compile(
        rf"\b(?:on|since|by|until|from) the (?P<day>{_DAY})(?:st|nd|rd|th)\b"
        r"(?!\s(?:attempt|time|try|page|step|day|card|floor|line|one))",
        re.ASCII,
    ),
    re.compile(rf"(?<![\d])(?P<year>{_YEAR})\s?年(?!\s?[\d一二三四五六七八九十]{{1,2}}\s?月)", re.ASCII),
]
_RELATIVE = {
    "上": "last_",
    "last": "last_",
    "past": "last_",
    "这": "this_",
    "本": "this_",
    "this": "this_",
    "下": "next_",
    "next": "next_",
}
_WEEKDAYS_FOUND = [
    re.compile(
        r"(?:(?P<which>[上这本下])个?)?(?:星期|礼拜|周)(?P<chinese>[一二三四五六日天1-6])(?![个次天笔])", re.ASCII
    ),
    re.compile(rf"\b(?:(?P<which>last|past|this|next)\s)?(?P<english>{_WEEKDAY})\b", re.ASCII),
    re.compile(rf"\b(?:(?P<which>last|this|next)|on)\s(?P<english>{_SHORT_WEEKDAY})\b", re.ASCII),
]


def find_dates(text: str) -> Iterator[Found]:
    """Dates and weekdays of a folded text, those that say most first."""
    for pattern in _DATES:
        for found in pattern.finditer(text):
            value = _date_value({name: part for name, part in found.groupdict().items() if part})
            if value:
                yield Found(*_without_preposition(found), value)
    for pattern in _WEEKDAYS_FOUND:
        for found in pattern.finditer(text):
            which = _RELATIVE.get((found["which"] or ""), "")
            yield Found(*_without_preposition(found), which + _weekday(found))


def _date_value(parts: dict[str, str]) -> str | None:
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        if (first > 12) == (second > 12):
            return None
        parts = {**parts, "month": str(min(first, second)), "day": str(max(first, second))}
    year = int(parts["year"]) if "year" in parts else None
    month = _month(parts["month"]) if "month" in parts else None
    day = _number(parts["day"]) if "day" in parts else None
    try:
        date(year or 2000, month or 1, day or 1)  # 2000 has a 29th of February
    except ValueError:
        return None
    if year is None:
        return (f"--{month:02}" if month else "--") + (f"-{day:02}" if day else "")
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])


def _month(text: str) -> int:
    if text[0].isascii() and text[0].isalpha():
        return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(text[:3]))
    return _number(text)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else int(number_in_chinese(text) or 0)


def _weekday(found: re.Match[str]) -> str:
    named = found.groupdict()
    if named.get("chinese"):
        return (
            _WEEKDAYS["一二三四五六日".index(named["chinese"].replace("天", "日"))]
            if not named["chinese"].isdecimal()
            else _WEEKDAYS[int(named["chinese"]) - 1]
        )
    return next(weekday for weekday in _WEEKDAYS if weekday.startswith(named["english"][:3]))


def _without_preposition(found: re.Match[str]) -> tuple[int, int]:
    preposition = re.match(r"(?:on|since|by|until|from)\s", found[0], re.ASCII)
    return found.start() + (preposition.end() if preposition else 0), found.end()
