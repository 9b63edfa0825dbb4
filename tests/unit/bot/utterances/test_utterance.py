"""Words on one line, as an example can hold them, and when two say the same."""

from __future__ import annotations

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.utterances.nlu_file import read_nlu, with_examples, write_nlu
from bot.utterances.utterance import Utterance, as_example, folded


@pytest.mark.parametrize(
    ("typed", "example"),
    [
        ("充值\n没到账\u2028怎么办", "充值 没到账 怎么办"),
        ("  paid [20](amount) twice ", "paid (20)(amount) twice"),
        ("\ufeffok\x00\x85then", "ok then"),
        ("👩‍👩‍👧 ok", "👩‍👩‍👧 ok"),
    ],
)
def test_an_example_is_one_line_without_what_a_file_cannot_hold(typed: str, example: str) -> None:
    assert as_example(typed) == example


@pytest.mark.parametrize(
    ("one", "other"), [("How do I pay?", "how do i pay"), ("Ｗｉ－Ｆｉ！", "wifi"), ("好。", "好")]
)
def test_spelling_and_signs_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_signs_alone_stay_what_they_are() -> None:
    assert folded("??") == "??"
    assert folded("??") != folded("!!")


def added(texts: list[str]) -> str:
    return with_examples(write_nlu([Utterance("first", "greet", "en")]), "greet", texts, "greet.yml")


@given(st.lists(st.text(max_size=40), max_size=5))
def test_whatever_was_typed_is_read_as_it_was_written(typed: list[str]) -> None:
    texts = [text for text in map(as_example, typed) if text]

    assert [each.text for each in read_nlu(added(texts), "greet.yml")] == ["first", *texts]


def test_rasa_reads_the_same_words_and_no_entities() -> None:
    typed = [
        "- dash",
        "# no comment",
        "paid [20](amount) [x]{y}",
        "a: 'b' \"c\" \\n",
        "/greet",
        "| >",
        "付款：失败",
        "👩‍👩‍👧",
        "{x}",
    ]
    texts = [as_example(text) for text in typed]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = RasaYAMLReader().reads(added(texts)).intent_examples

    assert [example.get("text") for example in read] == ["first", *texts]
    assert [example.get("entities") for example in read] == [None] * len(read)
