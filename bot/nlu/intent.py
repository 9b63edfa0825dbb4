"""The intent of a message, by the ensemble of a linear model and a small network over TF-IDF."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.ensemble import Ensemble
from bot.nlu.normalize import normalize
from bot.nlu.terms import words


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class EnsembleIntentClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets ``intent`` and ``intent_ranking``; the confidences of all intents sum to one."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Ensemble | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """C and sharpness of the linear model, rounds of the network, and how many intents the ranking holds."""
        return {"regularisation": 0.3, "sharpness": 3.0, "epochs": 4, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EnsembleIntentClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> EnsembleIntentClassifier:
        """The classifier of a trained model."""
        with model_storage.read_from(resource) as folder:
            model = Ensemble.load(folder)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text and an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = Ensemble.train(
            [normalize(example.get(TEXT)) for example in examples],
            [example.get(INTENT) for example in examples],
            **{name: self._config[name] for name in ("regularisation", "sharpness", "epochs")},
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify each message by its normalised text."""
        for message in messages:
            ranking = self.rank(message.get(TEXT) or "")
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set("intent_ranking", ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages

    def rank(self, text: str) -> list[dict[str, Any]]:
        """Intents with their confidences, likeliest first; none for a text without a word or character."""
        normalized = normalize(text)
        if self._model is None or not words(normalized):
            return []
        confidences = self._model.confidences(normalized)
        return [
            {"name": self._model.intents[index], "confidence": float(confidences[index])}
            for index in np.argsort(-confidences)
        ]
