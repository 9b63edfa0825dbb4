"""Times of day as ``HH:MM``; where no part of the day is said, as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.nlu.found import Found
from bot.nlu.numerals import CHINESE, number_in_chinese

# Twelve at night is the end of the day, and one at night follows it.
_PARTS_OF_DAY = {
    **dict.fromkeys("凌晨 清晨 清早 早上 早晨 上午 am a.m a.m. in_the_morning".split(), "early"),
    **dict.fromkeys("下午 傍晚 pm p.m p.m. in_the_afternoon in_the_evening".split(), "late"),
    **dict.fromkeys("晚上 晚间 夜里 夜间 半夜 深夜 at_night".split(), "night"),
    "中午": "noon",
}
_BEFORE = rf"(?:(?P<before>{'|'.join(part for part in _PARTS_OF_DAY if not part.isascii())})\s?)"
_AFTER = (
    r"(?:\s?(?P<half>am|pm|a\.m\.?|p\.m\.?)(?![a-z])"
    r"|\s(?P<after>in the morning|in the afternoon|in the evening|at night)\b)"
)
_HOUR_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_HOUR_WORD = "|".join(_HOUR_WORDS)
_HOUR, _HOUR_OF_12 = r"(?:[01]?\d|2[0-3])", r"(?:0?[1-9]|1[0-2])(?!\d)"
_MINUTES = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty five": 25, "twenty-five": 25}
_MINUTE_WORD = "|".join(sorted(_MINUTES, key=len, reverse=True))
_CHINESE_MINUTES = {"": 0, "半": 30, "一刻": 15, "三刻": 45, "整": 0, "钟": 0}
_NO_HOUR = "(?![不都也建意要原问])"  # 3点建议 are three pieces of advice

_CLOCKS = [
    re.compile(rf"{_BEFORE}?(?<![\d:.])(?P<hour>{_HOUR}):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]){_AFTER}?", re.ASCII),
    re.compile(rf"(?<![\d:.$¥£€])(?P<hour>{_HOUR_OF_12})(?:\.(?P<minute>[0-5]\d))?(?:\s?o'?clock)?{_AFTER}", re.ASCII),
    re.compile(rf"\b(?P<hour>{_HOUR_OF_12}|{_HOUR_WORD})\s?o'?clock\b{_AFTER}?", re.ASCII),
    re.compile(
        rf"{_BEFORE}(?P<hour>{_HOUR}|{CHINESE})\s?[点时](?!间|候|段)"
        r"(?P<chinese>半|[一三]刻|整|钟|[0-5]?\d分?(?!\d)|[零一二三四五六七八九十]+分)?",
        re.ASCII,
    ),
    re.compile(
        rf"(?<![\d:.一二三四五六七八九十百千有第])(?P<hour>{_HOUR}|[一二两三四五六七八九十]{{1,3}})\s?(?:点|时(?=\d))"
        r"(?P<chinese>半|[一三]刻(?!钟)|整|钟|[0-5]?\d分?(?!\d)|[零一二三四五六七八九十]+分)",
        re.ASCII,
    ),
    re.compile(rf"(?<![\d:.])(?P<hour>{_HOUR})点{_NO_HOUR}", re.ASCII),
    re.compile(rf"(?<=[在从到约晚])(?P<hour>[两三四五六七八九]|十[一二]?)点{_NO_HOUR}", re.ASCII),
    re.compile(
        rf"\b(?:a )?(?P<past>{_MINUTE_WORD}) (?P<direction>past|to) "
        rf"(?P<hour>(?:{_HOUR_WORD})\b|{_HOUR_OF_12}){_AFTER}?",
        re.ASCII,
    ),
    re.compile(rf"\b(?P<hour>{_HOUR_WORD}){_AFTER}", re.ASCII),
    # at 8 this morning, last night at 11: the day has its own place.
    re.compile(rf"(?<=\bat )(?P<hour>{_HOUR_OF_12})(?= (?:this|yesterday|last|tonight|today|tomorrow)\b)", re.ASCII),
    re.compile(rf"(?:(?<=last night at )|(?<=tonight at )|(?<=this evening at ))(?P<hour>{_HOUR_OF_12})", re.ASCII),
    re.compile(r"\b(?P<twelve>noon|midday|midnight)\b", re.ASCII),
]
_DAY_BEFORE = re.compile(
    r"(?:(?P<early>[今明]早|今晨)|(?P<night>[今昨前明当]晚|(?:last night|tonight) at)"
    r"|(?P<late>this (?:evening|afternoon) at))\s?的?$",
    re.ASCII,
)
_DAY_AFTER = re.compile(
    r"\s(?:(?:this|yesterday|tomorrow) (?:(?P<early>morning)|(?P<late>afternoon|evening))"
    r"|(?P<night>tonight|last night))\b",
    re.ASCII,
)
_NEIGHBOURS = 24


def find_clock_times(text: str) -> Iterator[Found]:
    """Times of day in a folded text; of two that overlap the fuller one comes first."""
    for pattern in _CLOCKS:
        for found in pattern.finditer(text):
            value = _value(text, found)
            if value:
                yield Found(found.start(), found.end(), value)


def _value(text: str, found: re.Match[str]) -> str | None:
    parts = {name: part for name, part in found.groupdict().items() if part}
    if "twelve" in parts:
        return "00:00" if parts["twelve"] == "midnight" else "12:00"
    hour, minute = _hour(parts["hour"]), _minute(parts)
    if hour is None or minute is None:
        return None
    if parts.get("direction") == "to":
        hour, minute = (hour - 1) or 12, 60 - minute
    before, after = (
        text[max(found.start() - _NEIGHBOURS, 0) : found.start()],
        text[found.end() : found.end() + _NEIGHBOURS],
    )
    return f"{_of_24(hour, _part_of_day(parts, before, after)):02}:{minute:02}"


def _hour(text: str) -> int | None:
    if text in _HOUR_WORDS:
        return _HOUR_WORDS.index(text) + 1
    number = int(text) if text.isdecimal() else number_in_chinese(text)
    return None if number is None or number > 23 else int(number)


def _minute(parts: dict[str, str]) -> int | None:
    if "past" in parts:
        return _MINUTES[parts["past"]]
    if "minute" in parts:
        return int(parts["minute"])
    said = parts.get("chinese", "").rstrip("分")
    if said in _CHINESE_MINUTES:
        return _CHINESE_MINUTES[said]
    number = int(said) if said.isdecimal() else number_in_chinese(said.lstrip("零") or "零")
    return None if number is None or number > 59 else int(number)


def _part_of_day(parts: dict[str, str], before: str, after: str) -> str:
    """``early``, ``noon``, ``late``, ``night`` or nothing: as the time itself says it, else the day beside it."""
    said = parts.get("before") or parts.get("half") or parts.get("after")
    if said:
        return _PARTS_OF_DAY[said.replace(" ", "_")]
    day = _DAY_BEFORE.search(before) or _DAY_AFTER.match(after)
    return str(day.lastgroup) if day else ""


def _of_24(hour: int, part: str) -> int:
    if part == "early" or (part == "night" and hour >= 12):
        return hour % 12 if hour == 12 else hour
    is_second_half = {"noon": hour < 4, "late": hour < 12, "night": hour >= 5}.get(part, False)
    return hour + 12 if is_second_half and hour < 12 else hour
