"""A second opinion on the intent, from the sentence vector of a language model."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

Floats = NDArray[np.float32]
_ARRAYS_FILE, _INTENTS_FILE = "sentence_model.npz", "intents.json"
_ROUNDS = 1000  # far more than a regression needs that converges


@dataclass(frozen=True)
class SentenceModel:
    """A logistic regression over sentence vectors. ``matrix`` has a row a number of the vector, a column an intent."""

    intents: list[str]
    matrix: Floats
    intercepts: Floats

    @classmethod
    def fitted(cls, vectors: Floats, intents: list[str], regularisation: float) -> SentenceModel:
        """Train it. What the scaling subtracts and divides by goes into the arrays."""
        scaler = StandardScaler().fit(vectors)
        regression = LogisticRegression(C=regularisation, max_iter=_ROUNDS).fit(scaler.transform(vectors), intents)
        rows, intercepts = regression.coef_, regression.intercept_
        if len(rows) == 1:  # for two intents scikit-learn keeps their difference alone
            rows, intercepts = np.vstack([-rows, rows]) / 2, np.array([-intercepts[0], intercepts[0]]) / 2
        matrix = (rows / scaler.scale_).T
        return cls(
            [str(name) for name in regression.classes_],
            matrix.astype(np.float32),
            (intercepts - scaler.mean_ @ matrix).astype(np.float32),
        )

    def confidences(self, vector: Floats) -> dict[str, float]:
        """One for each intent; they sum to one."""
        scores = vector @ self.matrix + self.intercepts
        likelihoods = np.exp(scores - scores.max())
        return dict(zip(self.intents, (likelihoods / likelihoods.sum()).tolist(), strict=True))

    def save(self, folder: Path) -> None:
        """Write it into a folder."""
        np.savez(folder / _ARRAYS_FILE, matrix=self.matrix, intercepts=self.intercepts)
        (folder / _INTENTS_FILE).write_text(json.dumps(self.intents), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> SentenceModel:
        """The model that ``save`` wrote into the folder."""
        with np.load(folder / _ARRAYS_FILE) as arrays:
            matrix, intercepts = arrays["matrix"], arrays["intercepts"]
        return cls(json.loads((folder / _INTENTS_FILE).read_text(encoding="utf-8")), matrix, intercepts)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, IntentClassifier):  # type: ignore[misc]
    """Averages its confidences with the ranking of the classifier before it."""

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: SentenceModel | None = None
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def required_components(cls) -> list[type]:
        """What makes the vectors."""
        return [DenseFeaturizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """C of the regression, its share in the average, and how many intents the ranking holds."""
        return {"regularisation": 0.1, "share": 0.5, "ranking_length": 10}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceIntentClassifier:
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
    ) -> SentenceIntentClassifier:
        """The classifier of a trained model."""
        with model_storage.read_from(resource) as folder:
            model = SentenceModel.load(folder)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has a vector and an intent."""
        found = [(_vector(example), example.get(INTENT)) for example in training_data.intent_examples]
        pairs = [(vector, str(intent)) for vector, intent in found if vector is not None]
        if len({intent for _, intent in pairs}) < 2:
            raise InvalidConfigException("SentenceIntentClassifier needs examples of two intents at least")
        vectors = np.stack([vector for vector, _ in pairs])
        self._model = SentenceModel.fitted(vectors, [intent for _, intent in pairs], self._config["regularisation"])
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Give each message the averaged intent and ranking; one without a vector or a ranking keeps what it has."""
        for message in messages:
            vector, before = _vector(message), message.get(INTENT_RANKING_KEY)
            if self._model is None or vector is None or not before:
                continue
            ranking = averaged(before, self._model.confidences(vector), self._config["share"])
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[: self._config["ranking_length"]], add_to_output=True)
        return messages


def averaged(before: list[dict[str, Any]], opinion: dict[str, float], share: float) -> list[dict[str, Any]]:
    """Both opinions as one ranking, likeliest first. An intent that one of them does not name has nothing from it."""
    confidences = {row["name"]: (1 - share) * row["confidence"] for row in before}
    for name, confidence in opinion.items():
        confidences[name] = confidences.get(name, 0.0) + share * confidence
    ranking = sorted(confidences.items(), key=lambda item: (-item[1], item[0]))
    return [{"name": name, "confidence": confidence} for name, confidence in ranking]


def _vector(message: Message) -> Floats | None:
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else np.asarray(sentence.features[-1], dtype=np.float32)
