"""Tells Chinese from English. Short and mixed messages say nothing, so that the conversation keeps its language."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

CHINESE = "zh"
ENGLISH = "en"

# Both languages write these words, so they tell nothing.
_NEUTRAL = frozenset(
    "ok okay okk k yes no app apple pay google visa mastercard paypal wifi wi-fi sms pin otp id vip qq bye thx swift "
    "atm iban url apk ios android iphone huawei usb nfc qr cny rmb usd hkd wechat alipay bank card wallet hotline "
    "payment transfer topup error hsbc icbc ccb cmb boc citi chase barclays revolut monzo dbs".split()
)
_CHINESE_CHARACTER = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ'’-]*")
# Case numbers, order ids and amounts such as 6k belong to no language.
_RUN = re.compile(r"[A-Za-z0-9_.-]+")
_DIGIT = re.compile("[0-9]")
_CHARACTERS_PER_WORD = 1.6  # a Chinese word has about 1.6 characters
_CLEAR_SHARE = 0.7


def detect_language(text: str) -> str | None:
    """``"zh"``, ``"en"``, or None where the text does not decide it."""
    chinese = len(_CHINESE_CHARACTER.findall(text)) / _CHARACTERS_PER_WORD
    latin = _LATIN_WORD.findall(_RUN.sub(lambda run: " " if _DIGIT.search(run[0]) else run[0], text))
    english = sum(word.lower() not in _NEUTRAL for word in latin)
    if chinese == 0 and english > 0:
        return ENGLISH if len(latin) > 1 or len(latin[0]) > 1 else None
    if chinese > 0 and english == 0:
        return CHINESE
    total = chinese + english
    if total == 0:
        return None
    if chinese / total >= _CLEAR_SHARE:
        return CHINESE
    return ENGLISH if english / total >= _CLEAR_SHARE else None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class LanguageDetector(GraphComponent):  # type: ignore[misc]
    """Sets ``language`` of a message, and an entity of that name from which the slot is filled."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageDetector:
        """A detector; it has nothing to set."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the language to each message that shows one."""
        for message in messages:
            text = message.get(TEXT) or ""
            # The channel names the language that a conversation begins in; later it keeps its own.
            language = detect_language(text) or (message.get("metadata") or {}).get("language")
            message.set("language", language, add_to_output=True)
            if language:
                entity = {
                    "entity": "language",
                    "value": language,
                    "start": 0,
                    "end": len(text),
                    "extractor": "language",
                }
                message.set(ENTITIES, [*message.get(ENTITIES, []), entity], add_to_output=True)
        return messages
