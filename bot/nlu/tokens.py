"""The tokens of a message for a language model: words of any script, and Chinese characters one by one."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

# As models with a Chinese vocabulary cut it: they know no Chinese words.
_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class WordTokenizer(Tokenizer):  # type: ignore[misc]
    """For both languages at once; Rasa's tokenizers read either Chinese or languages with blanks."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's base class asks for: intents stay whole."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens and their places; none for a text of signs alone."""
        return [Token(match[0], match.start()) for match in _TOKEN.finditer(message.get(attribute))]
