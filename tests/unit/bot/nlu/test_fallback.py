"""A near tie of two topics is asked back, one with an answer of the dialogue is not."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.fallback import TopicFallbackClassifier

CONFIG = {"threshold": 0.4, "ambiguity_threshold": 0.3, "answers": ["step_done", "request_human"]}


def understood(ranking: dict[str, float]) -> str:
    """The intent after the classifier saw the ranking."""
    rows: list[dict[str, Any]] = [{"name": name, "confidence": confidence} for name, confidence in ranking.items()]
    message = Message({"text": "anything", "intent": rows[0], "intent_ranking": rows})
    classifier = TopicFallbackClassifier({**TopicFallbackClassifier.get_default_config(), **CONFIG})
    return str(classifier.process([message])[0].get("intent")["name"])


@pytest.mark.parametrize(
    ("ranking", "intent"),
    [
        ({"payment_failure": 0.5, "topup_failure": 0.4}, "nlu_fallback"),
        ({"payment_failure": 0.7, "topup_failure": 0.2}, "payment_failure"),
        ({"step_done": 0.5, "payment_failure": 0.4}, "step_done"),
        ({"payment_failure": 0.5, "step_done": 0.4}, "payment_failure"),
        ({"request_human": 0.45, "report_fraud": 0.4}, "request_human"),
        ({"step_done": 0.39, "payment_failure": 0.3}, "nlu_fallback"),
    ],
)
def test_ties_are_asked_back_between_topics_alone(ranking: dict[str, float], intent: str) -> None:
    assert understood(ranking) == intent
