"""The intent of a message: TF-IDF of words and characters, one logistic regression per intent."""

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
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

from bot.nlu.linear_model import CHARACTER_LENGTHS, WORD_LENGTHS, LinearModel, words
from bot.nlu.normalize import normalize


def build_model(regularisation: float) -> Pipeline:
    """The untrained classifier. ``regularisation`` is the C of the logistic regressions: higher fits closer."""
    features = make_union(
        TfidfVectorizer(
            tokenizer=words, token_pattern=None, lowercase=False, ngram_range=WORD_LENGTHS, sublinear_tf=True
        ),
        TfidfVectorizer(
            analyzer="char_wb", lowercase=False, ngram_range=CHARACTER_LENGTHS, sublinear_tf=True, min_df=2
        ),
    )
    return make_pipeline(features, OneVsRestClassifier(LogisticRegression(solver="liblinear", C=regularisation)))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Sets ``intent`` and ``intent_ranking``; the confidences of all intents sum to one."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: LinearModel | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """C of the regressions, and how many intents the ranking holds."""
        return {"regularisation": 10.0, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
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
    ) -> LinearIntentClassifier:
        """The classifier of a trained model."""
        with model_storage.read_from(resource) as folder:
            model = LinearModel.load(folder)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a text and an intent."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        pipeline = build_model(self._config["regularisation"])
        pipeline.fit([normalize(example.get(TEXT)) for example in examples], [e.get(INTENT) for e in examples])
        self._model = LinearModel.of_pipeline(pipeline)
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
