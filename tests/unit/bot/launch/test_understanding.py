"""One row for each utterance: the classifier's choice, and whether the bot would rather ask back."""

from __future__ import annotations

from typing import Any

from bot.launch.understanding import as_row

FEES = {"name": "ask_fees", "confidence": 0.6}
LIMITS = {"name": "ask_limits", "confidence": 0.2}
FALLBACK = {"name": "nlu_fallback", "confidence": 0.7}
LANGUAGE = {"entity": "language", "value": "zh", "start": 0, "end": 4, "extractor": "language"}
AMOUNT = {"entity": "amount", "value": "6000", "start": 2, "end": 6, "extractor": "patterns"}


def parsed(*ranking: dict[str, Any], entities: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"intent": ranking[0], "intent_ranking": list(ranking), "entities": list(entities), "language": "zh"}


def test_an_understood_utterance_has_its_intent_and_ranking() -> None:
    row = as_row("手续费多少", parsed(FEES, LIMITS))

    assert (row["text"], row["intent"], row["confidence"], row["understood"]) == ("手续费多少", "ask_fees", 0.6, True)
    assert (row["ranking"], row["language"]) == ([FEES, LIMITS], "zh")


def test_behind_a_fallback_the_classifiers_own_choice_shows() -> None:
    row = as_row("阿巴", parsed(FALLBACK, FEES, LIMITS))

    assert (row["intent"], row["understood"], row["ranking"]) == ("ask_fees", False, [FEES, LIMITS])


def test_entities_are_told_without_how_they_were_found_and_without_the_language() -> None:
    row = as_row("付了6000", parsed(FEES, entities=(LANGUAGE, AMOUNT)))

    assert row["entities"] == [{"entity": "amount", "value": "6000", "start": 2, "end": 6}]


def test_a_blank_line_has_a_row_of_its_own() -> None:
    row = as_row("", {})

    assert (row["intent"], row["confidence"], row["understood"], row["ranking"], row["entities"]) == (
        None,
        0.0,
        False,
        [],
        [],
    )


def test_a_text_without_a_word_is_not_understood() -> None:
    nothing = {"name": None, "confidence": 0.0}
    row = as_row("!!!", {"intent": nothing, "intent_ranking": [], "entities": []})

    assert (row["intent"], row["understood"], row["language"]) == (None, False, None)
