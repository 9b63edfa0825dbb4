"""Amounts of money: a plain decimal in major units, of whatever currency. Never a card, phone or ID number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.nlu.found import Found
from bot.nlu.numerals import CHINESE, DIGITS, ENGLISH, number_in, number_in_digits, written

_CODES = r"rmb|cny|cnh|usd|hkd|eur|gbp|jpy|sgd|aud|cad"
_SIGN = rf"(?:(?<![a-z])(?:hk|us|nt|[sac])?\$|[¥￥€£]|(?<![a-z])(?:{_CODES})|人民币)"
_UNITS = (
    rf"元人民币|元钱?|圆|块钱|块(?!儿)|人民币|软妹币|大洋|[港美欧日]元|[港日韩]币|美金|美刀|刀(?![片具])|欧元|英镑|镑"
    rf"|[¥￥€£$]|(?:{_CODES}|yuan|renminbi|kuai|(?:[hu][ks] )?dollars?|bucks?|quid"
    rf"|pounds?|sterling|euros?|yen)(?![a-z])"
)
# What is a part of the major unit.
_PARTS = {"毛钱": "0.1", "毛": "0.1", "角": "0.1", "分钱": "0.01", "cents": "0.01", "pence": "0.01"}
_PART_UNITS = r"毛钱?|角|分钱|(?:cents|pence)(?![a-z])"
_SCALES = {
    "k": 1000,
    "w": 10_000,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "亿": 100_000_000,
    "hundred": 100,
    "thousand": 1000,
    "grand": 1000,
    "million": 1_000_000,
}
_SCALE = r"(?:[kw百千万亿]|(?:hundred|thousand|grand|million)(?![a-z]))"

# What follows a number of other things than money.
_COUNTED = (
    r"[年月日号码周个张次笔位岁折倍级度条件台步页强种米斤克秒楼层遍](?!转|待)|天(?!猫)|点(?!不|了|没|击)|分(?!期|钱|成|开|批)|人(?!家|民|工)"
    r"|期(?!间|待|望)|小时|钟头|星期|礼拜|公里|积分|工作日|[ -]?(?:"
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|(?:business|working|calendar) days?|times|"
    r"percent|per cent|points?|people|persons|friends|cards|accounts|transactions|payments|transfers|attempts|items|"
    r"digits?|characters|letters|pages|steps|th|st|nd|rd|am|pm|a\.m|p\.m|o'clock|thanks|questions|reasons"
    r")(?![a-z])"
)
_AMOUNT = re.compile(
    # Most places of a text are done with after a look at one character.
    rf"(?=[\d¥￥€£$人零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟ac-jm-ors-uw])"
    rf"(?P<sign>{_SIGN})?[ ]{{0,3}}(?<![\d.])(?:(?P<digits>{DIGITS})|(?P<chinese>{CHINESE})|(?P<english>{ENGLISH}))"
    # 1.5万, 1万5, 2千5百, 5w2
    rf"(?:[ ]{{0,2}}(?P<scale>{_SCALE})(?![a-z])(?:(?P<rest>\d)(?P<rest_scale>[百千k]?)(?![\da-z.,%])(?!{_COUNTED}))?)?"
    rf"(?P<about>[多来]|余(?!额))?[ ]{{0,2}}(?:(?P<part>{_PART_UNITS})|(?P<unit>{_UNITS})"
    # 三块五, 5块5毛2: not 50块一直没到, 50块3次
    rf"(?:(?P<tenths>[\d二三四五六七八九]|[一两](?=[毛角]))(?:[毛角](?:(?P<hundredths>[\d一二三四五六七八九])分?)?)?"
    rf"(?![\d零一二两三四五六七八九十百千万.,%a-z])(?!{_COUNTED}))?)?",
    re.ASCII,
)
# Numbers that belong together although they are written apart: a card, a phone, an ID, a date with its time.
_CHAIN = re.compile(r"(?<!\d)(?<!\d-)(?!(?:19|20)\d\d-\d\d?-\d\d?(?!\d))\d(?:[ -]?\d){9,}")
_GROUPED = re.compile(r"\d{1,3}(?:[ ,]\d{3}){2,3}")
_LONGEST = 9  # digits before the point; a longer number is a phone, a card or an id
_LARGEST = Decimal(10) ** 12

# What stands before a number that is something else.
_NAMED = re.compile(
    r"(?:[码号第之]|尾数|后四位|版本|代码|报错|小米|华为|苹果|安卓|#|芝麻分|信用分|评分[才是有]?"
    r"|(?<![a-z])(?:no\.|plus|turned|aged?|bus|flight|train|code|pin|otp|number"
    r"|ending|ending in|ends in|digits|error|room|step|page|order|id|version"
    r"|iphone|ios|android|windows|galaxy|pixel))"
    r"\s{0,2}(?:[:：]|是|为|is|was|are)?\s{0,2}$|\d\s+$",
    re.ASCII,
)
_YEAR_BEFORE = re.compile(r"\b(?:in|since|from|until|by|year|of)\s{1,2}$", re.ASCII)
_YEAR = re.compile(r"(?:19|20)\d\d")
_AT_BEFORE = re.compile(r"\b(?:at|around|about) $", re.ASCII)
_CARD_BEFORE = re.compile(r"(?:卡|card|visa|mastercard|\*|x)\s{0,2}[（(]?\s{0,2}$", re.ASCII)
_CARD_AFTER = re.compile(r"\s{0,2}(?:的|那张|这张|)(?:卡|card\b|那张|这张)", re.ASCII)
_SERVICE_NUMBER = re.compile(r"95\d{3}|100\d\d|123\d\d")
_OTHER_AFTER = re.compile(rf"\s{{0,2}}(?:{_COUNTED})|[a-z_:/%℃°]|-\d|[.,]\d|\s+\d", re.ASCII)
_ROUGH_BEFORE = re.compile(r"[几数第多两二三四五六七八九]$")
_SAID_SO = re.compile(r"一块(?!钱|[二三四五六七八九\d])|一分钱")
# "500-1000元", "500到1000块": the unit of the second is the first one's too.
_RANGE = re.compile(rf"\s{{0,2}}[-~–—至到]\s{{0,2}}{DIGITS}\s{{0,2}}(?:[kw千万]\s{{0,2}})?(?:{_UNITS})", re.ASCII)
_NEIGHBOURS = 24  # characters looked at on either side
_SMALLEST_BARE = 10  # "2" in "2 cards" is no amount, "6000" in "付6000不行" is
_SMALLEST_BARE_IN_WORDS = 100
_LONGEST_BARE = 7  # digits
_LONGEST_NOT_ROUND = 5  # digits; a code has six, and is rarely round


def find_amounts(text: str) -> Iterator[Found]:
    """Amounts of a folded text by position.

    A number without a currency is one too, unless something tells that it is not.
    """
    chains = [found.span() for found in _CHAIN.finditer(text) if not _GROUPED.fullmatch(found[0])]
    chained = _covered(len(text), chains)
    for found in _AMOUNT.finditer(text):
        start, end = found.span("digits")
        if start >= 0 and any(chained[start:end]):
            continue
        value = _value(found)
        if value is not None and value < _LARGEST and (_is_marked(text, found) or _is_bare_amount(text, found, value)):
            yield Found(*_span(found), written(value))


def _covered(length: int, spans: list[tuple[int, int]]) -> bytearray:
    covered = bytearray(length)
    for start, end in spans:
        covered[start:end] = b"\1" * (end - start)
    return covered


def _value(found: re.Match[str]) -> Decimal | None:
    if found["chinese"] and len(found["chinese"]) == 1 and not any(found[name] for name in ("sign", "unit", "part")):
        return None  # 一直, 万一 and most others of them are no number
    number = number_in(found["digits"] or found["chinese"] or found["english"])
    if number is None or number >= 10**_LONGEST:
        return None
    scale = _SCALES[found["scale"]] if found["scale"] else 1
    number *= scale
    if found["rest"]:
        number += int(found["rest"]) * (_SCALES[found["rest_scale"]] if found["rest_scale"] else scale // 10)
    if found["part"]:
        number *= Decimal(_PARTS[found["part"]])
    for name, share in (("tenths", "0.1"), ("hundredths", "0.01")):
        if found[name]:
            digit = number_in(found[name])
            number += (digit or 0) * Decimal(share)
    return number


def _span(found: re.Match[str]) -> tuple[int, int]:
    """From the sign or the number to the last part that says something."""
    ends = [found.end(name) for name in found.re.groupindex if found[name]]
    start = (
        found.start("sign")
        if found["sign"]
        else min(found.start(name) for name in ("digits", "chinese", "english") if found[name])
    )
    return start, found.end() if found["tenths"] else max(ends)


def _is_marked(text: str, found: re.Match[str]) -> bool:
    """Whether a sign, a unit or a scale says that it is an amount."""
    start, end = _span(found)
    if found["chinese"]:
        if _ROUGH_BEFORE.search(text[max(start - 1, 0) : start]) or _SAID_SO.match(text, start):
            return False
        return bool(found["sign"] or found["unit"] or found["part"])
    if found["sign"] or found["unit"] or found["part"]:
        return True
    before = text[max(start - _NEIGHBOURS, 0) : start]
    return bool(
        (found["scale"] and not _OTHER_AFTER.match(text, end) and not re.search(r"[a-z0-9_\-.:/第]$", before))
        or (found["digits"] and _RANGE.match(text, end))
    )


def _is_bare_amount(text: str, found: re.Match[str], value: Decimal) -> bool:
    """Whether a number without a currency is an amount: not too small, no id, no date, no code, no card number."""
    start, end = _span(found)
    before = text[max(start - _NEIGHBOURS, 0) : start]
    if _NAMED.search(before) or _OTHER_AFTER.match(text, end):
        return False
    if found["chinese"]:
        return (
            value >= _SMALLEST_BARE_IN_WORDS
            and not _ROUGH_BEFORE.search(before)
            and found["chinese"][0] not in "十百千万"
        )
    if found["english"]:
        return value >= _SMALLEST_BARE_IN_WORDS and not found["english"].startswith("a ")
    return value >= _SMALLEST_BARE and not _is_other_number(found["digits"], before, text[end : end + _NEIGHBOURS])


def _is_other_number(digits: str, before: str, after: str) -> bool:
    """Whether digits without any mark are a year, a clock, the end of a card, a code or a service number."""
    if re.search(r"[a-z0-9_\-.:/]$", before) or re.search("[ ]", digits) or re.search(r",\d{1,2}$", digits):
        return True
    plain = digits.replace(",", "")
    length = len(plain.split(".")[0])
    if length > _LONGEST_BARE or (length > _LONGEST_NOT_ROUND and plain == digits and not plain.endswith("00")):
        return True
    if len(plain) == 4 and not plain.endswith("00") and (_CARD_BEFORE.search(before) or _CARD_AFTER.match(after)):
        return True
    value = number_in_digits(digits)
    if value is not None and value <= 12 and _AT_BEFORE.search(before):
        return True
    is_year = _YEAR.fullmatch(plain) and _YEAR_BEFORE.search(before)
    return bool(
        is_year
        or (len(plain) == 5 and plain == digits and _SERVICE_NUMBER.fullmatch(plain) and not plain.endswith("00"))
    )
