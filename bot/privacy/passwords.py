"""Passwords: what a text says a password is, was, or was changed to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.privacy.folded import BULLET, Cut, Folded
from bot.privacy.words import any_of, compiled, words

_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "【": "】", '"': '"', "'": "'", "`": "`"}
_LONGEST_QUOTE = 64
_TOKEN = compiled(r"[!-~]+")
_LAST_TOKEN = compiled(r"[!-~]{1,64}[\s\"”’'」]{0,3}\Z")
_CLAUSE = compiled(r"[^\s,.;:!?，。；：！？、）)】」』”’\"]{1,16}")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_SENTENCE_END = compiled(r"[。！？；\n]|[.!?;]\s")
_WORD_END = compiled(r"[A-Za-z0-9]")
_WORD = compiled(r"[a-z]+(?:['/][a-z]+)?")
_PUNCTUATION = compiled(r"[-,.;:/?!()'\"…]+")
_AROUND = "\"'`“”‘’「」『』《》【】,.;:!?()[]{}<>~*-= " + BULLET
_LETTER, _DIGIT, _NO_LETTER = compiled("[a-z]"), compiled("[0-9]"), compiled("(?![A-Za-z])[\x00-\x7f]")
_EMAIL = compiled(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ERROR_CODE = compiled(r"[a-z]{1,2}[-_]?\d{2,5}")
_AMOUNT = compiled(r"[¥￥$€£]\d[\d,.]*")
_REACHES = 28  # characters after a name in which what looks like a password is taken for it
_VERB_REACHES = 24
_FEWEST = 5  # characters of a value that only its looks betray
_FEWEST_DIGITS = 4


class _Patterns:
    def __init__(self) -> None:
        password, counting = words()["password"], any_of(words()["number"]["counting"])
        names = any_of(password["names"], ending="s?")
        self.name = compiled(names)
        self.joining = compiled(rf"[\s\"”’'」)）]{{0,3}}(?:(?:{any_of(password['joining'])})[\s,，]{{0,3}}){{1,3}}")
        self.to = compiled(r"\s{1,3}to\s{1,3}")
        self.changing = compiled(any_of(password["changing"]))
        self.counting = compiled(rf"\d{{1,4}}[\s-]?(?:[-~到至或.:]\s?\d{{1,4}}[\s-]?)?(?:{counting})")
        self.beginnings = compiled(any_of(password["harmless_beginnings"]))
        self.harmless = frozenset(password["harmless_words"])
        self.devices = compiled(rf"(?:{'|'.join(map(re.escape, password['devices']))})[\s_-]?[\d.]+[a-z]*")
        bringing, owning = any_of(password["bringing"]), any_of(password["owning"])
        self.brought = compiled(rf"(?:{bringing})\s{{0,3}}(?:(?:{owning})\s{{0,3}}){{0,4}}(?:{names})")


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    return _Patterns()


def passwords(page: Folded) -> list[Cut]:
    """Every value that the text gives out as a password."""
    names = [found.span() for found in _patterns().name.finditer(page.lower)]
    if not names:
        return []
    spans = [span for start, end in names for span in _values(page, start, end)]
    spans += _brought(page)
    return [Cut(start, end, "password") for start, end in sorted(set(spans))]


def _values(page: Folded, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What follows one name."""
    joining = _patterns().joining.match(page.lower, end) or _to(page, start, end)
    if joining:
        value = _joined_value(page, joining.end())
        if value:
            yield value
            return
    else:
        quoted = _quote(page, end)
        if quoted and not _is_harmless(page, quoted):
            yield quoted
            return
    yield from _betrayed(page, end, is_joined=joining is not None)


def _to(page: Folded, start: int, end: int) -> re.Match[str] | None:
    has_verb = _patterns().changing.search(page.lower, max(start - _VERB_REACHES, 0), start)
    return _patterns().to.match(page.lower, end) if has_verb else None


def _joined_value(page: Folded, start: int) -> tuple[int, int] | None:
    """The value right after "is", ":" or the like, unless it is a harmless word."""
    span = _quote(page, start) or _token(page, start) or _clause(page, start)
    return None if span is None or _is_harmless(page, span) else span


def _quote(page: Folded, start: int) -> tuple[int, int] | None:
    opening = start
    while opening < len(page.text) and page.text[opening] == " ":
        opening += 1
    sign = page.text[opening : opening + 1]
    if sign not in _QUOTES:
        return None
    if sign in "\"'`" and _WORD_END.search(page.text, max(opening - 1, 0), opening):
        return None  # it closes one that was opened before
    closing = page.text.find(_QUOTES[sign], opening + 1, opening + _LONGEST_QUOTE)
    return (opening, closing + 1) if closing > opening + 1 else None


def _token(page: Folded, start: int) -> tuple[int, int] | None:
    found = _TOKEN.match(page.text, start)
    return found.span() if found else None


def _clause(page: Folded, start: int) -> tuple[int, int] | None:
    found = _CLAUSE.match(page.text, start)
    return found.span() if found else None


def _is_harmless(page: Folded, span: tuple[int, int]) -> bool:
    """Whether what follows is only what people say about passwords."""
    start, end = span
    value, spoken = page.text[start:end].strip(_AROUND), page.lower[start:end].strip(_AROUND)
    if not value or _AMOUNT.fullmatch(value) or _patterns().counting.match(page.lower, page.text.index(value, start)):
        return True
    if _IDEOGRAPH.match(value):
        return _patterns().beginnings.match(spoken) is not None
    if _looks_made(value):
        return False
    word = _WORD.match(spoken)
    return spoken in _patterns().harmless or (word is not None and word[0] in _patterns().harmless)


def _looks_made(value: str) -> bool:
    """Whether no word looks so: a digit or a sign in it, or a capital after the first letter."""
    letters = _PUNCTUATION.sub("", value)
    is_mixed = letters != letters.upper() and letters[1:] != letters[1:].lower()
    return is_mixed or _NO_LETTER.search(letters) is not None


def _betrayed(page: Folded, end: int, *, is_joined: bool) -> Iterator[tuple[int, int]]:
    """What looks like a password a few words after the name."""
    reach = end + _REACHES
    stop = _SENTENCE_END.search(page.text, end, reach)
    for token in _TOKEN.finditer(page.text, end, min(len(page.text), reach + _LONGEST_QUOTE)):
        if token.start() >= (stop.start() if stop else reach):
            break
        value = token[0].strip(_AROUND)
        is_next = not page.text[end : token.start()].strip(_AROUND)
        if value and _betrays_itself(page, token.start() + token[0].index(value), value, is_next or is_joined):
            yield token.span()


def _betrays_itself(page: Folded, start: int, value: str, is_expected: bool) -> bool:
    spoken = value.lower()
    is_own_id = page.numbers[start : start + len(value)] != page.lower[start : start + len(value)]
    known = (_EMAIL, _ERROR_CODE, _AMOUNT, _patterns().devices)
    if (
        is_own_id
        or any(pattern.fullmatch(spoken) for pattern in known)
        or _patterns().counting.match(page.lower, start)
    ):
        return False
    if spoken.isdigit():
        return is_expected and len(value) >= _FEWEST_DIGITS
    if len(value) < _FEWEST or not _LETTER.search(spoken):
        return False
    return _DIGIT.search(value) is not None or (is_expected and _looks_made(value))


def _brought(page: Folded) -> Iterator[tuple[int, int]]:
    """The value before "is my password"."""
    for found in _patterns().brought.finditer(page.lower):
        token = _LAST_TOKEN.search(page.text, max(found.start() - _LONGEST_QUOTE, 0), found.start())
        value = token[0].strip(_AROUND) if token else ""
        if token and len(value) >= _FEWEST_DIGITS and _looks_made(value) and not _is_harmless(page, token.span()):
            yield token.start(), token.start() + len(token[0].rstrip())
