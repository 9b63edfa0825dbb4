"""Rasa's NLU YAML: read with its languages, added to without another change."""

from __future__ import annotations

import pytest

from bot.utterances.errors import UnreadableUtterances
from bot.utterances.nlu_file import read_nlu, with_examples, write_nlu
from bot.utterances.utterance import Utterance

FILE = '# Written by hand.\nversion: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hi\n    - good morning: all\n'
SET = [
    Utterance("is it free", "ask_fees", "en"),
    Utterance("要手续费吗", "ask_fees", "zh"),
    Utterance("# not a comment: - 'quoted'", "ask_fees", "en"),
]


def test_what_was_written_is_read_with_its_language() -> None:
    read = read_nlu(write_nlu(SET), "set.yml")

    assert {(each.text, each.intent, each.language) for each in read} == {
        (each.text, each.intent, each.language) for each in SET
    }
    assert {each.place for each in read} == {"set.yml"}


def test_a_set_without_lines_is_a_file_without_lines() -> None:
    assert read_nlu(write_nlu([]), "set.yml") == []


def test_examples_are_added_at_the_end_and_nothing_else_changes() -> None:
    added = with_examples(FILE, "greet", ["hello", "- dash"], "greet.yml")

    assert added == f"{FILE}    - hello\n    - - dash\n"


def test_a_first_example_makes_the_file() -> None:
    assert with_examples(None, "greet", ["hi"], "greet.yml") == (
        'version: "3.1"\nnlu:\n- intent: greet\n  examples: |\n    - hi\n'
    )


@pytest.mark.parametrize(
    "content",
    [
        FILE.rstrip("\n"),
        FILE + "- intent: deny\n  examples: |\n    - no\n",
        FILE + "  metadata:\n    by: somebody\n",
    ],
)
def test_a_file_that_ends_otherwise_is_left_alone(content: str) -> None:
    with pytest.raises(UnreadableUtterances, match=r"greet\.yml: does not end with examples of greet"):
        with_examples(content, "greet", ["hello"], "greet.yml")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("nlu: [", "no YAML"),
        ("just words", "it has no list 'nlu'"),
        ("nlu:\n- examples: |\n    - hi\n", "a block of 'nlu' names no intent"),
        ("nlu:\n- intent: greet\n  examples: [hi]\n", "no text with one example a line"),
        ("nlu:\n- intent: greet\n  examples: |\n    - hi\n", "the language of greet is none of zh, en: None"),
        ("nlu:\n- intent: greet\n  metadata: {language: fr}\n  examples: |\n    - hi\n", "none of zh, en: fr"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line_with_the_file(content: str, told: str) -> None:
    with pytest.raises(UnreadableUtterances) as caught:
        read_nlu(content, "set.yml")

    assert str(caught.value).startswith("set.yml: ")
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_synonyms_are_no_utterances() -> None:
    assert read_nlu("nlu:\n- synonym: card\n  examples: |\n    - cards\n", "set.yml", "en") == []
