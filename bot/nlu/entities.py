"""What a message names: amounts, channels, banks, transaction ids, error codes, times. Never a card number or a code."""

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

_TRANSACTION_ID = re.compile(r"\b(?:pay|top|trf|ref)_[0-9a-z]{8,40}\b", re.IGNORECASE)
_CASE_NUMBER = re.compile(r"\bWH-?([0-9A-HJKMNP-TV-Z]{4})-?([0-9A-HJKMNP-TV-Z]{4})\b", re.IGNORECASE)
_ERROR_CODE = re.compile(r"(?:错误码|错误代码|代码|error(?:\s+code)?|code)\s*[:：#]?\s*([A-Z]{0,4}\d{2,4}|\d[A-Z])(?![\w])", re.IGNORECASE)
_CLOCK_TIME = re.compile(r"(?<![\d:])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])|(?:[01]?\d|2[0-3])点(?:半|[0-5]?\d分?)?")
_STARS = re.compile(r"([1-5]|[一二三四五]|\b(?:one|two|three|four|five)\b)\s*(?:分|星|颗星|stars?\b|/\s*5|out of)", re.IGNORECASE)
_BARE_STARS = re.compile(r"\s*([1-5]|[一二三四五]|one|two|three|four|five)\s*[.。!！]?\s*", re.IGNORECASE)
_STAR_VALUES = {word: str(n) for n, words in enumerate(("一 one", "二 two", "三 three", "四 four", "五 five"), 1) for word in words.split()}

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<sign>[¥￥$€]|rmb|cny|usd|hkd|eur)?\s*(?P<number>{_NUMBER})\s*(?P<scale>[kKwW万千百](?![a-zA-Z]))?"
    r"\s*(?P<unit>元|块钱|块|人民币|rmb|cny|yuan|kuai|dollars?|usd|bucks?|euros?|eur|hkd)?",
    re.IGNORECASE,
)
_CHINESE_AMOUNT = re.compile(r"(?P<number>[零一二两三四五六七八九十百千万半]+)\s*(?:元|块钱|块|人民币)")
_SCALES = {"k": 1000, "w": 10000, "万": 10000, "千": 1000, "百": 100}
_SMALLEST_BARE_AMOUNT = 10  # "2" in "2 cards" is no amount, "6000" in "付6000不行" is
_LARGEST_AMOUNT = Decimal(10) ** 12


@lru_cache(maxsize=1)
def _vocabulary() -> list[tuple[str, re.Pattern[str], dict[str, str]]]:
    rows = []
    for entity, values in yaml.safe_load(VOCABULARY_FILE.read_text(encoding="utf-8")).items():
        value_of = {word.lower(): value for value, words in values.items() for word in words}
        longest_first = sorted(value_of, key=len, reverse=True)
        pattern = "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in longest_first)
        rows.append((entity, re.compile(pattern, re.IGNORECASE), value_of))
    return rows


def _entity(name: str, value: str, found: re.Match[str], group: int | str = 0) -> Entity:
    return {"entity": name, "value": value, "start": found.start(group), "end": found.end(group), "extractor": "patterns"}


def _amounts(text: str) -> Iterator[Entity]:
    for found in _AMOUNT.finditer(text):
        value = Decimal(found["number"].replace(",", "")) * _SCALES.get((found["scale"] or "").lower(), 1)
        marked = found["sign"] or found["unit"] or found["scale"]
        before, after = text[: found.start("number")][-1:], text[found.end() :][:1]
        touches_word = before.isascii() and (before.isalnum() or before in "_-.:/") or after.isascii() and (after.isalnum() or after in "_:/%")
        if value < _LARGEST_AMOUNT and (marked or (value >= _SMALLEST_BARE_AMOUNT and len(found["number"]) <= 8 and not touches_word)):
            yield _entity("amount", format(value.normalize(), "f"), found)
    for found in _CHINESE_AMOUNT.finditer(text):
        try:
            yield _entity("amount", format(Decimal(str(cn2an.cn2an(found["number"], "smart"))).normalize(), "f"), found)
        except (ValueError, InvalidOperation):
            continue


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
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> PatternEntityExtractor:
        """An extractor; it has nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of each message to those it has."""
        for message in messages:
            found = extract_entities(message.get(TEXT) or "")
            message.set(ENTITIES, [*message.get(ENTITIES, []), *found], add_to_output=True)
        return messages
