"""A regression over sentence vectors, and its share in the ranking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.nlu.sentence_intent import SentenceIntentClassifier, SentenceModel, averaged

INTENTS = ["greet", "payment_failure", "topup_failure"]
BEFORE = [{"name": "greet", "confidence": 0.6}, {"name": "payment_failure", "confidence": 0.4}]


@pytest.fixture
def classifier(tmp_path: Path) -> SentenceIntentClassifier:
    """Trained on three intents whose vectors lie apart."""
    trained = untrained(tmp_path)
    vectors, names = apart(INTENTS)
    trained.train(TrainingData([message(v, intent=n) for v, n in zip(vectors, names, strict=True)]))
    return trained


@pytest.mark.parametrize("count", [2, 3])
def test_it_predicts_what_scikit_learn_predicts(count: int) -> None:
    vectors, names = apart(INTENTS[:count], distance=0.5)
    expected = make_pipeline(StandardScaler(), LogisticRegression(C=0.3)).fit(vectors, names).predict_proba(vectors)
    model = SentenceModel.fitted(vectors, names, 0.3)
    found = [model.confidences(vector) for vector in vectors]

    assert list(found[0]) == INTENTS[:count]
    assert np.allclose([list(row.values()) for row in found], expected, atol=1e-3)


def test_both_opinions_count_by_their_share() -> None:
    ranking = averaged(BEFORE, {"payment_failure": 0.9, "topup_failure": 0.1}, 0.25)

    assert [row["name"] for row in ranking] == ["payment_failure", "greet", "topup_failure"]
    assert [row["confidence"] for row in ranking] == pytest.approx([0.525, 0.45, 0.025])


def test_a_message_gets_the_averaged_intent_and_ranking(classifier: SentenceIntentClassifier) -> None:
    before = [
        {"name": name, "confidence": confidence} for name, confidence in zip(INTENTS, (0.4, 0.3, 0.3), strict=True)
    ]
    asked = message(apart(INTENTS)[0][-1], intent_ranking=before, intent=before[0])
    classifier.process([asked])

    assert asked.get("intent") == asked.get("intent_ranking")[0]
    assert asked.get("intent")["name"] == "topup_failure"
    assert sum(row["confidence"] for row in asked.get("intent_ranking")) == pytest.approx(1, abs=1e-5)


def test_a_trained_classifier_loaded_anew_predicts_the_same(
    classifier: SentenceIntentClassifier, tmp_path: Path
) -> None:
    again = SentenceIntentClassifier.load(*parts(tmp_path), None)
    rankings = []
    for each in (classifier, again):
        asked = message(np.full(4, 0.3), intent_ranking=BEFORE)
        each.process([asked])
        rankings.append(asked.get("intent_ranking"))

    assert rankings[0] == rankings[1] != BEFORE


@pytest.mark.parametrize(
    "asked", [{"intent_ranking": BEFORE}, {"vector": np.ones(4), "intent_ranking": []}, {"vector": np.ones(4)}]
)
def test_without_a_vector_or_a_ranking_a_message_keeps_what_it_has(
    classifier: SentenceIntentClassifier, asked: dict[str, Any]
) -> None:
    kept = message(**asked)
    classifier.process([kept])

    assert kept.get("intent_ranking") == asked.get("intent_ranking")


def test_one_intent_cannot_be_told_from_others(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfigException, match="two intents"):
        untrained(tmp_path).train(TrainingData([message(np.ones(4), intent="greet"), message(intent="ask_fees")]))


def apart(intents: list[str], distance: float = 3.0) -> tuple[np.ndarray, list[str]]:
    """Ten vectors an intent around a corner of its own."""
    random = np.random.default_rng(0)
    centres = np.repeat(np.eye(len(intents), 4) * distance, 10, axis=0)
    return (centres + random.normal(0, 0.5, centres.shape)).astype(np.float32), list(np.repeat(intents, 10))


def message(vector: np.ndarray | None = None, **data: Any) -> Message:
    made = Message({"text": "a text", **data})
    if vector is not None:
        made.add_features(Features(np.asarray([vector]), "sentence", "text", "language model"))
    return made


def untrained(folder: Path) -> SentenceIntentClassifier:
    return SentenceIntentClassifier.create(*parts(folder), None)


def parts(folder: Path) -> tuple[dict[str, Any], LocalModelStorage, Resource]:
    return SentenceIntentClassifier.get_default_config(), LocalModelStorage(folder), Resource("sentences")
