"""The patterns that secrets are known by, in a spelling that Python and JavaScript read alike.

They read folded text, so digits, blanks and words are ASCII's.
"""

from __future__ import annotations

import re

from bot.privacy.words import Words, any_of, words

AROUND = "\"'`“”‘’「」『』《》【】,.;:!?()[]{}<>~*-= •"
_END = r"(?![\s\S])"
_QUOTES = "“”‘’「」『』《》【】"
_GAP = r"[\s\-._,/|。]{0,3}"
_AMOUNT = r"[¥￥$€£]\d[\d,.]*"
_MOBILE = r"(?:8[\s-]?6[\s-]?)?1[\s-]?[3-9](?:[\s-]?\d){9}"
_DATE = r"(?:19|20)\d\d-\d{1,2}-\d{1,2}"
_LETTER = r"[a-z'\u3400-\u9fff]"


def _folding() -> Words:
    return {
        "own": r"(?:pay|top|trf|wdr|ref)_[0-9a-z]{8,40}|wh-?[0-9a-z]{4}-?[0-9a-z]{4}(?![0-9a-z])",
        "numerals": r"(?<!\d)[零〇一二三四五六七八九幺]{3,}(?!\d)",
    }


def _called(section: Words) -> str:
    return rf"(?:{any_of(section['names'])})(?:{any_of(section['between'])}|[\s:：=#.,，。\"'“‘(（-]){{0,12}}{_END}"


def _numbers(card: Words, id_number: Words) -> Words:
    born = r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    return {
        "chain": rf"\d(?:{_GAP}\d){{11,}}",
        "group": r"\d+",
        "phone": rf"^(?:00)?(?:86)?1[3-9]\d{{9}}{_END}",
        # Networks by their first digits; 9 and 81 are old and new Chinese ones. No year or mobile number starts so.
        "card": r"^(?:3|4|5|6|81|9[45]|220[0-4]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)",
        "card_called": _called(card),
        "id": rf"^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{{4}}{born}\d{{3}}",
        "id_called": _called(id_number),
        "id_letter": rf"^{_GAP}x(?![a-z0-9])",
    }


def _codes(code: Words, number: Words) -> Words:
    short, names, weak = (any_of(code[group], "s?") for group in ("short", "names", "weak"))
    every_name = [name for group in ("others", "names", "weak") for name in code[group]]
    first = "".join(sorted({name[0] for name in every_name}))  # most places of a text are done with after one look
    named = rf"(?:{any_of(number['named'])})[\s:：=#]*(?:(?:[了过的是为约]|of|is|was|to|no)[\s:：=#.]*){{0,3}}"
    year = rf"\b(?:in|since|from|until|of|by|year)\s+(?=(?:19|20)\d\d{_END})"
    inside = rf"\d[.,:/]|[*_+/\\]|[a-z][a-z]-|[a-z]-(?=\d{{3,5}}{_END})|[a-z]"
    spoken = rf"(?<![a-z'])(?:{'|'.join(map(re.escape, code['between_words']))})(?![a-z'])"
    return {
        # Three to eight digits, groups like 482 193 taken together.
        "code_number": rf"(?<!\d)(?:{_DATE}|{_MOBILE}|(\d(?:\d|[\s-](?!\d{{5}})\d){{2,7}}))(?!\d)",
        # Three kinds of names, and words that only sound like one.
        "code_name": rf"(?=[{first}])(?:{any_of(code['others'], 's?')}|({short})|({names})|({weak}))",
        "code_joining": rf"(?:{any_of(code['joining'])})[\s\"'“‘(（【\[]*{_END}",
        "code_between": rf"^(?:[^\da-z'\u3400-\u9fff]|[{code['between_characters']}]|{spoken})*{_END}",
        "silent": rf"^(?!\d|{_LETTER})[^\da-z'\u3400-\u9fff]*{_END}",
        "sentence_end": r"[,.;!?，。；！？\n]",
        "trouble": any_of(code["troubles"]),
        "round": rf"000{_END}",
        "no_code": rf"^(?:\d{{3}}|\d*000|95\d{{3}}|100\d\d|123\d\d){_END}",
        "other_before": rf"(?:{named}|{year}|{inside})(?<!\d)\d{{3,8}}{_END}",
        "other_after": rf"^(?:[\s-]?(?:{any_of(number['counting'])})|[.,:/]\d|[*_a-z])",
    }


def _passwords(password: Words, counting: str) -> Words:
    names, around = any_of(password["names"], "s?"), re.escape(AROUND)
    paired = "|".join(f"{a}[^{z}]{{1,62}}{z}" for a, z in zip(_QUOTES[::2], _QUOTES[1::2], strict=True))
    straight = "|".join(f"{sign}[^{sign}]{{1,62}}{sign}" for sign in "\"'`")
    devices = rf"(?:{'|'.join(map(re.escape, password['devices']))})[\s_-]?[\d.]+[a-z]*"
    bringing, owning = any_of(password["bringing"]), any_of(password["owning"])
    counted = rf"\d{{1,4}}[\s-]?(?:[-~到至或.:]\s?\d{{1,4}}[\s-]?)?(?:{counting})"
    amount = rf"{_AMOUNT}[.,;:!?)\]'\"]*(?![!-~])"
    return {
        "password_name": names,
        "password_joining": rf"^[\s\"”’'」)）]{{0,3}}(?:(?:{any_of(password['joining'])})[\s,，]{{0,3}}){{1,3}}",
        "to": r"^\s{1,3}to\s{1,3}",
        "changing": any_of(password["changing"]),
        "value": rf"^(?: *(?:{paired}|{straight})|[!-~]+|[^\s,.;:!?，。；：！？、）)】」』”’\"]{{1,16}})",
        # Without a blank before it a straight one closes what was opened before.
        "quoted": rf"^(?: *(?:{paired})| +(?:{straight}))",
        "token": r"[!-~]+",
        "last_token": rf"(?<![!-~])[!-~]{{1,64}}(?=[\s\"”’'」]{{0,3}}{_END})",
        "around": rf"[{around}]+{_END}|^[{around}]+",
        "clause_end": r"[。！？；\n]|[.!?;]\s",
        "harmless": rf"^(?:{counted}|{amount}|{any_of(password['harmless_beginnings'])})",
        "harmless_word": rf"^(?:{any_of(password['harmless_words'])})(?!['/]?[a-z])",
        # No word has a digit, a sign or a capital after its first letter.
        "made": r"[\x00- #-&*+0-9<=>@\[-`{-\x7f]|[a-z][^a-zA-Z]*[A-Z]|[A-Z][^a-zA-Z]*[A-Z][^a-zA-Z]*[a-z]",
        "lettered": r"^(?=[^A-Za-z]*[A-Za-z])[!-~]{5}",
        "digit": r"\d",
        "digits": rf"^\d{{4,}}{_END}",
        "known": rf"^(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[a-z]{{1,2}}[-_]?\d{{2,5}}|{devices}){_END}",
        "brought": rf"(?:{bringing})\s{{0,3}}(?:(?:{owning})\s{{0,3}}){{0,4}}(?:{names})",
    }


def published() -> dict[str, str]:
    """The source of every pattern by its name. The widget gets this as JSON."""
    listed = words()
    return {
        **_folding(),
        **_numbers(listed["card"], listed["id_number"]),
        **_codes(listed["code"], listed["number"]),
        **_passwords(listed["password"], any_of(listed["number"]["counting"])),
    }


# Python says where a match is to begin, so that nothing needs to be copied for it.
PATTERNS = {name: re.compile(source.removeprefix("^"), re.ASCII) for name, source in published().items()}
