"""What a message names: amounts, channels, banks, transaction ids, error codes, times. Never a card number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

import cn2an
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

VOCABULARY_FILE = Path(__file__).with_name("vocabulary.yml")

Entity = dict[str, Any]

# ASCII: otherwise a Chinese character counts as part of a word, and 用apple pay充值 names no channel.
_WORDS = re.IGNORECASE | re.ASCII
_TRANSACTION_ID = re.compile(r"\b(?:pay|top|trf|ref)_[0-9a-z]{8,40}\b", _WORDS)
_CASE_NUMBER = re.compile(r"\bWH-?([0-9A-HJKMNP-TV-Z]{4})-?([0-9A-HJKMNP-TV-Z]{4})\b", _WORDS)
_ERROR_CODE = re.compile(
    r"(?:错误码|错误代码|代码|error(?:\s+code)?|code)\s*[:：#]?\s*([A-Z]{0,4}\d{2,4}|\d[A-Z])(?![\w])", _WORDS
)
_CLOCK_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?:[01]?\d|2[0-3])点(?:半|[0-5]?\d分?)?")
_STARS = re.compile(
    r"(?<![\d.十百])([1-5]|[一二三四五]|\b(?:one|two|three|four|five)\b)\s*(?:分(?!钟)|星|颗星|stars?\b|/\s*5|out of)",
    _WORDS,
)
_BARE_STARS = re.compile(r"\s*([1-5]|[一二三四五]|one|two|three|four|five)\s*[.。!！]?\s*", re.IGNORECASE)
_STAR_VALUES = {
    word: str(n)
    for n, words in enumerate(("一 one", "二 two", "三 three", "四 four", "五 five"), 1)
    for word in words.split()
}

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<sign>[¥￥$€]|rmb|cny|usd|hkd|eur)?\s*(?P<number>{_NUMBER})\s*(?P<scale>[kKwW万千百](?![a-zA-Z]))?"
    r"\s*(?P<unit>元|块钱|块|人民币|rmb|cny|yuan|kuai|dollars?|usd|bucks?|euros?|eur|hkd)?",
    re.IGNORECASE,
)
_CHINESE_AMOUNT = re.compile(r"(?P<number>[零一二两三四五六七八九十百千万半]+)\s*(?:元|块钱|块|人民币)")
_SCALES = {"k": 1000, "w": 10000, "万": 10000, "千": 1000, "百": 100}
# A bare number after or before one of these counts or names something else.
_NAMES_IT = re.compile(
    r"(?:码|号|尾数|code|pin|otp|number|no\.|ending in|version)\s*(?:[:：#]|是|为|is)?\s*$|\d\s+$", re.IGNORECASE
)
_COUNTS_IT = re.compile(
    r"\s*(?:[年月日号点时分秒天周个张次笔位岁折倍]|(?:小时|minutes?|mins?|hours?|days?|weeks?|months?|years?|times|percent)\b)|\s+\d",
    _WORDS,
)
_NEIGHBOURS = 20  # characters looked at on either side
_SMALLEST_BARE_AMOUNT = 10  # "2" in "2 cards" is no amount, "6000" in "付6000不行" is
_LONGEST_BARE_AMOUNT = 8  # digits; a longer number is a phone, a card or an id
_LARGEST_AMOUNT = Decimal(10) ** 12


@lru_cache(maxsize=1)
def _vocabulary() -> list[tuple[str, re.Pattern[str], dict[str, str]]]:
    rows = []
    for entity, values in yaml.safe_load(VOCABULARY_FILE.read_text(encoding="utf-8")).items():
        value_of = {word.lower(): value for value, words in values.items() for word in words}
        longest_first = sorted(value_of, key=len, reverse=True)
        pattern = "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest_first)
        rows.append((entity, re.compile(pattern, _WORDS), value_of))
    return rows


def _entity(name: str, value: str, found: re.Match[str], group: int | str = 0) -> Entity:
    return {
        "entity": name,
        "value": value,
        "start": found.start(group),
        "end": found.end(group),
        "extractor": "patterns",
    }


def _amounts(text: str) -> Iterator[Entity]:
    for found in _AMOUNT.finditer(text):
        value = Decimal(found["number"].replace(",", "")) * _SCALES.get((found["scale"] or "").lower(), 1)
        is_marked = found["sign"] or found["unit"] or found["scale"]
        if value < _LARGEST_AMOUNT and (is_marked or _is_bare_amount(text, found, value)):
            named = [group for group in ("sign", "number", "scale", "unit") if found[group]]
            span = {"start": found.start(named[0]), "end": found.end(named[-1])}
            yield {**_entity("amount", format(value.normalize(), "f"), found), **span}
    for found in _CHINESE_AMOUNT.finditer(text):
        try:
            yield _entity("amount", format(Decimal(str(cn2an.cn2an(found["number"], "smart"))).normalize(), "f"), found)
        except (ValueError, InvalidOperation):
            continue


def _is_bare_amount(text: str, found: re.Match[str], value: Decimal) -> bool:
    """Whether a number without a currency is an amount: not too small, no id, no date, no code, no card number."""
    start, end = found.span("number")
    before, after = text[max(start - _NEIGHBOURS, 0) : start], text[end : end + _NEIGHBOURS]
    touches_word = re.search(r"[A-Za-z0-9_\-.:/]$", before) or re.match(r"[A-Za-z0-9_:/%]", after)
    is_other = touches_word or _NAMES_IT.search(before) or _COUNTS_IT.match(after)
    return value >= _SMALLEST_BARE_AMOUNT and len(found["number"]) <= _LONGEST_BARE_AMOUNT and not is_other


def _stars(text: str) -> Iterator[Entity]:
    found = _BARE_STARS.fullmatch(text) or _STARS.search(text)
    if found:
        word = found[1].lower()
        yield _entity("stars", _STAR_VALUES.get(word, word), found, 1)


def extract_entities(text: str) -> list[Entity]:
    """The entities of a text, by position; of overlapping ones that came first in the order of certainty stays."""
    text = text.translate(_HALF_WIDTH)
    candidates = [
        *(_entity("transaction_id", found[0].lower(), found) for found in _TRANSACTION_ID.finditer(text)),
        *(_entity("case_number", f"WH-{found[1]}-{found[2]}".upper(), found) for found in _CASE_NUMBER.finditer(text)),
        *(_entity("error_code", found[1].upper(), found, 1) for found in _ERROR_CODE.finditer(text)),
        *(_entity("time", found[0], found) for found in _CLOCK_TIME.finditer(text)),
        *_stars(text),
        *_amounts(text),
    ]
    for name, pattern, value_of in _vocabulary():
        candidates += [_entity(name, value_of[found[0].lower()], found) for found in pattern.finditer(text)]
    kept: list[Entity] = []
    for candidate in candidates:
        if all(candidate["end"] <= other["start"] or candidate["start"] >= other["end"] for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda entity: int(entity["start"]))


# Full-width digits, letters and signs keep their positions when folded one by one, which NFKC does not promise.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PatternEntityExtractor(GraphComponent):  # type: ignore[misc]
    """Adds the entities that patterns and the vocabulary find."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PatternEntityExtractor:
        """An extractor; it has nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message to those it has."""
        for message in messages:
            found = extract_entities(message.get(TEXT) or "")
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
