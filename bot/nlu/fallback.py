"""When the bot asks back: an uncertain message, and one that lies between two topics."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.fallback_classifier import FallbackClassifier
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class TopicFallbackClassifier(FallbackClassifier):  # type: ignore[misc]
    """Rasa's, but ``ambiguity_threshold`` holds between topics alone.

    An answer within the dialogue (``answers`` of the configuration) is near the topic it speaks of: "still declined" to
    a failed payment, "the payment went through" to a done step. To ask back would be worse there than either reading.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's thresholds, and the intents that are answers."""
        return {**FallbackClassifier.get_default_config(), "answers": []}

    def _nlu_prediction_ambiguous(self, message: Message) -> tuple[bool, float | None]:
        nearest = {row["name"] for row in message.get("intent_ranking", [])[:2]}
        if nearest & set(self.component_config["answers"]):
            return False, None
        ambiguous: tuple[bool, float | None] = super()._nlu_prediction_ambiguous(message)
        return ambiguous
