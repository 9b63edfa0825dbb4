"""Spans of time as ISO 8601 durations: ``PT15M`` for a quarter of an hour, ``-P3D`` for three days ago."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.nlu.found import Found
from bot.nlu.numerals import CHINESE, ENGLISH, number_in, written

_COUNT = r"(?<![\d.])\d{1,3}(?:\.\d)?"
_CHINESE_SPAN = re.compile(
    # 一天 may be "a day", 半天 any long while.
    r"(?!一(?:天|年|个?月|周)(?!半|\s?(?:之前|以前|前|以?内|之内|后|了|多|没|还没))|半天(?!\s?(?:之前|以前|前|以?内|之内)))"
    rf"(?<![第每几今昨明零一二两三四五六七八九十百千万])(?:(?P<number>{_COUNT}|{CHINESE})(?P<half_more>个半)?|(?P<half>半))\s?"
    # Two years are no year 2026, and three 日 or 月 are a date.
    r"(?:个?(?P<unit>小时|钟头|星期|礼拜|月(?<=个月)|月(?<=半月))|(?P<short>秒钟?|分钟|天|周|年))(?P<half_after>半)?(?P<ago>\s?(?:之前|以前|前))?",
    re.ASCII,
)
_ENGLISH_UNIT = r"(?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)"
_AGO = r"(?P<ago>\s(?:ago|earlier|back|before now))"
_ENGLISH_SPANS = [
    re.compile(rf"\b(?P<half>half (?:an? )?){_ENGLISH_UNIT}\b{_AGO}?", re.ASCII),
    re.compile(
        rf"(?P<number>{_COUNT}|(?<![a-z-])(?:a couple(?: of)?|{ENGLISH}))(?P<half_more> and a half)?"
        rf"[ -]?{_ENGLISH_UNIT}(?![a-z]){_AGO}?",
        re.ASCII,
    ),
    # "a day" counts only where it is no price per day; "a minute ago" is said of any moment.
    re.compile(
        rf"\b(?!a (?:minute|second) ago)(?P<number>an?) {_ENGLISH_UNIT}(?P<half_after> and a half)?\b{_AGO}", re.ASCII
    ),
    re.compile(rf"(?:(?<=for )|(?<=within ))(?P<number>an?) {_ENGLISH_UNIT}(?P<half_after> and a half)?\b", re.ASCII),
]
_CHINESE_FORMS = dict(
    zip("秒 分 小 钟 天 周 星 礼 月 年".split(), "T{}S T{}M T{}H T{}H {}D {}W {}W {}W {}M {}Y".split(), strict=True)
)
_ENGLISH_FORMS = dict(zip("s mi h d w mo y".split(), "T{}S T{}M T{}H {}D {}W {}M {}Y".split(), strict=True))
_FORMS = _CHINESE_FORMS | _ENGLISH_FORMS  # by how the unit begins
_HALF = Decimal("0.5")


def find_spans(text: str) -> Iterator[Found]:
    """Spans of time in a folded text, the fuller ones first."""
    for pattern in (_CHINESE_SPAN, *_ENGLISH_SPANS):
        for found in pattern.finditer(text):
            value = _value(found.groupdict())
            if value:
                yield Found(found.start(), found.end(), value)


def _value(parts: dict[str, str | None]) -> str | None:
    number = _HALF if parts.get("half") else _number(parts["number"] or "")
    if number is None or number == 0:
        return None
    if parts.get("half_more") or parts.get("half_after"):
        number += _HALF
    unit = parts["unit"] or parts.get("short") or ""
    form = _FORMS.get(unit[:2]) or _FORMS[unit[0]]
    return f"{'-' if parts.get('ago') else ''}P{form.format(written(number))}"


def _number(text: str) -> Decimal | None:
    if text in ("a", "an"):
        return Decimal(1)
    return Decimal(2) if text.startswith("a couple") else number_in(text)
