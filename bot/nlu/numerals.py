"""Numbers in digits, in Chinese and in English words."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

import cn2an

# A comma groups thousands, or stands before one or two decimals as on the European continent; so may a blank group.
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|(?<![-/:])[1-9]\d{0,2}(?: \d{3})+(?! ?\d)|\d+)(?:\.\d+|,\d{1,2}(?!\d))?"
CHINESE = r"[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
_SMALL = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        1,
    )
} | {
    word: number
    for number, word in zip(
        range(20, 100, 10), "twenty thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_SCALES = {"thousand": 1000, "grand": 1000, "million": 1_000_000}
_ENGLISH_WORD = "|".join(sorted([*_SMALL, "hundred", *_SCALES], key=len, reverse=True))
# Nine words are more than any amount or time has.
ENGLISH = (
    rf"(?<![a-z])(?:{_ENGLISH_WORD}|a(?=[ -](?:hundred|thousand|grand|million)))(?![a-z])"
    rf"(?:[ -](?:and )?(?:{_ENGLISH_WORD})(?![a-z])){{0,8}}"
)

_CHINESE_SCALE = re.compile("[十百千万亿拾佰仟]")
_LONGEST = 20


def number_in_digits(text: str) -> Decimal | None:
    """What DIGITS matched: ``6,000.50``, ``1 000``, ``5,5``."""
    if len(text) > _LONGEST:
        return None
    return Decimal(re.sub(r",(?=\d{1,2}$)", ".", text).replace(",", "").replace(" ", ""))


def number_in_chinese(text: str) -> Decimal | None:
    """What CHINESE matched, None for what only counts roughly or is no number."""
    if len(text) > _LONGEST or (len(text) > 1 and not _CHINESE_SCALE.search(text)):
        return None
    try:
        return Decimal(str(cn2an.cn2an(text, "smart")))
    except (ValueError, InvalidOperation, KeyError):  # a KeyError is what cn2an makes of some that are no number
        return None


def number_in_english(text: str) -> Decimal | None:
    """What ENGLISH matched, None where the words follow each other as in no number: ``two fifty``."""
    total, group, room = 0, 0, 1_000_000
    smallest_scale = 10**9
    for word in re.findall("[a-z]+", text):
        if word in ("a", "and"):
            continue
        if word in _SMALL:
            number = _SMALL[word]
            if number >= room:
                return None
            group, room = group + number, 10 if number >= 20 and number % 10 == 0 else 1
        elif word == "hundred":
            if group >= 100:
                return None
            group, room = max(group, 1) * 100, 100
        else:
            if _SCALES[word] >= smallest_scale:
                return None
            smallest_scale = _SCALES[word]
            total, group, room = total + max(group, 1) * smallest_scale, 0, 1000
    return Decimal(total + group)


def number_in(text: str) -> Decimal | None:
    """The number in digits, in Chinese or in English."""
    if text[0].isdecimal():
        return number_in_digits(text)
    return number_in_english(text) if text.isascii() else number_in_chinese(text)


def written(number: Decimal) -> str:
    """The number as a plain decimal: ``6000``, ``0.5``."""
    return format(number.normalize(), "f")
