"""Every utterance teaches something: none is nearly another of its intent."""

from __future__ import annotations

import pytest

from bot.training.likeness import alike_pairs
from tests.architecture.sources import examples

# A little above what takes them out: how rare a run is, and so a likeness, moves with every line.
TOO_ALIKE = 0.85
INTENTS = [(language, intent) for language, intents in sorted(examples().items()) for intent in sorted(intents)]


@pytest.mark.parametrize(("language", "intent"), INTENTS)
def test_no_utterance_is_nearly_another_of_its_intent(language: str, intent: str) -> None:
    texts = examples()[language][intent]
    alike = [(texts[pair.first], texts[pair.second], pair.likeness) for pair in alike_pairs(texts, TOO_ALIKE)]
    assert alike == []
