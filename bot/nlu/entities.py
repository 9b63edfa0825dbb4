"""What a message names: amounts, channels, banks, transaction ids, error codes, times. Never a card number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.amounts import find_amounts
from bot.nlu.folded import fold_in_place
from bot.nlu.found import Found
from bot.nlu.stars import find_stars
from bot.nlu.times import find_times
from bot.nlu.vocabulary import find_words

Entity = dict[str, Any]

# As the wallet makes them; a hyphen, or nothing before all sixteen digits, is a slip.
_TRANSACTION_ID = re.compile(
    r"\b(pay|top|trf|wdr|ref)(?:[_-](?=[a-z-]{0,39}\d)([0-9a-z]{8,40})|_([a-z]{8,40})|([0-9a-f]{16}))\b", re.ASCII
)
_CASE_NUMBER = re.compile(r"\bwh-?([0-9a-hjkmnp-tv-z]{4})-?([0-9a-hjkmnp-tv-z]{4})\b", re.ASCII)
_ERROR_CODE = re.compile(
    r"(?:(?:错误|报错|返回|响应|应答|拒绝|失败)(?:码|代码|代号|编号|编码)|(?:报错|错误|\berror|\berr)(?!\s{0,3}码)"
    r"|\b(?:error|err|response|decline|reason|failure)\s?(?:code|number|no\.?|id))"
    r"\s{0,3}(?:[:：#=]|是|为|is)?\s{0,3}([a-z]{0,4}[-_]?\d{2,6}|\d[a-z])(?!\w)"
    # A code alone may be one that was sent to sign in.
    r"|(?:代码|\bcode)\s{0,3}[:：#]?\s{0,3}([a-z]{0,4}\d{2,4}|\d[a-z])(?!\w)",
    re.ASCII,
)


def extract_entities(text: str) -> list[Entity]:
    """The entities of a text, by position; of overlapping ones that came first in the order of certainty stays."""
    text = fold_in_place(text)
    taken = bytearray(len(text))
    kept = []
    for entity in _candidates(text):
        start, end = entity["start"], entity["end"]
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(entity)
    return sorted(kept, key=lambda entity: int(entity["start"]))


def _candidates(text: str) -> Iterator[Entity]:
    """What may be an entity, the surest first."""
    for found in _TRANSACTION_ID.finditer(text):
        prefix, *digits = found.groups()
        yield _entity("transaction_id", _at(found, f"{prefix}_{''.join(filter(None, digits))}"))
    for found in _CASE_NUMBER.finditer(text):
        yield _entity("case_number", _at(found, f"WH-{found[1]}-{found[2]}".upper()))
    for found in _ERROR_CODE.finditer(text):
        group = 1 if found[1] else 2
        yield _entity("error_code", Found(*found.span(group), found[group].upper()))
    for place in find_times(text):
        yield _entity("time", place)
    for place in find_stars(text):
        yield _entity("stars", place)
    for place in find_amounts(text):
        yield _entity("amount", place)
    # Of two entities' words the longer is meant: in "cash out" not the cash.
    for name, place in sorted(find_words(text), key=lambda word: word[1].start - word[1].end):
        yield _entity(name, place)


def _at(found: re.Match[str], value: str) -> Found:
    return Found(*found.span(), value)


def _entity(name: str, found: Found) -> Entity:
    return {"entity": name, "value": found.value, "start": found.start, "end": found.end, "extractor": "patterns"}


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
