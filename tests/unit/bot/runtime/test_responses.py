"""The response that is uttered is the one Rasa would pick."""

from __future__ import annotations

import pytest
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.utils.endpoints import EndpointConfig

from bot.runtime.responses import FittingResponses
from tests.unit.bot.store.talk import domain


@pytest.fixture(scope="module")
def ours() -> FittingResponses:
    return FittingResponses(EndpointConfig(), domain())


@pytest.mark.parametrize("language", ["zh", "en", None])
def test_every_response_of_the_product_is_the_one_rasa_picks(ours: FittingResponses, language: str | None) -> None:
    rasas_own = TemplatedNaturalLanguageGenerator(domain().responses)
    for name in [*domain().responses, "utter_unknown"]:
        asked = (name, {"language": language}, "terminal")
        assert ours.generate_from_slots(*asked) == rasas_own.generate_from_slots(*asked)


def test_of_several_that_fit_each_comes_up(ours: FittingResponses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "responses", {"utter_either": [{"text": "a"}, {"text": "b"}]})
    said = {ours.generate_from_slots("utter_either", {}, "terminal")["text"] for _ in range(200)}
    assert said == {"a", "b"}


def test_filling_a_response_leaves_it_as_it_was(ours: FittingResponses) -> None:
    slots = {"language": "en"}
    first, again = (ours.generate_from_slots("utter_handed_over", slots, "terminal", number=n, due="") for n in "12")
    assert first["text"].replace("1", "2") == again["text"]
