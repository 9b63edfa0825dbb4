"""The training data of a folder: read once, read again when they change, compared with cheaply."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.utterances.errors import UnreadableUtterances
from bot.utterances.known import Known
from bot.utterances.nlu_file import with_examples
from bot.utterances.training_data import TrainingData
from bot.utterances.utterance import Utterance


def teach(folder: Path, language: str, intent: str, *texts: str) -> Path:
    path = folder / language / f"{intent}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(with_examples(None, intent, texts, str(path)), encoding="utf-8")
    return path


def test_every_file_is_read_under_its_language(tmp_path: Path) -> None:
    teach(tmp_path, "en", "greet", "hi", "hello")
    teach(tmp_path, "zh", "thank", "谢谢")

    known = TrainingData(tmp_path).known()

    assert (len(known), known.intents) == (3, ["greet", "thank"])
    (same,) = known.same_as("谢谢！")
    assert (same.intent, same.language, Path(same.place).name) == ("thank", "zh", "thank.yml")


def test_it_is_read_again_only_when_a_file_has_changed(tmp_path: Path) -> None:
    path = teach(tmp_path, "en", "greet", "hi")
    data = TrainingData(tmp_path)
    before = data.known()

    assert data.known() is before
    teach(tmp_path, "en", "greet", "hi", "hello")
    os.utime(path, ns=(1, 1))
    assert len(data.known()) == 2


def test_a_folder_that_is_not_there_teaches_nothing(tmp_path: Path) -> None:
    assert len(TrainingData(tmp_path / "none").known()) == 0


def test_a_broken_file_is_told_until_it_is_mended(tmp_path: Path) -> None:
    path = teach(tmp_path, "en", "greet", "hi")
    data = TrainingData(tmp_path)
    path.write_text("nlu: [", encoding="utf-8")

    for _ in range(2):
        with pytest.raises(UnreadableUtterances, match=r"greet\.yml: no YAML"):
            data.known()
    teach(tmp_path, "en", "greet", "hi")
    assert len(data.known()) == 1


KNOWN = Known(
    [
        Utterance("How do I get back into my wallet if I don't remember the passcode?", "login_failure", "en"),
        Utterance("充值失败了怎么办呀", "topup_failure", "zh"),
        Utterance("充值失败怎么办", "topup_failure", "zh"),
        Utterance("付款失败了怎么办呀", "payment_failure", "zh"),
        Utterance("abab", "greet", "en"),
    ]
)


@pytest.mark.parametrize(
    "text", ["how do i get back into my wallet if i dont remember my passcode", "充值失败了怎么办呀呀"]
)
def test_a_slip_of_the_pen_is_nearly_the_same(text: str) -> None:
    likest = KNOWN.alike(text)[0]

    assert likest.is_nearly_same
    assert not likest.is_same


def test_one_telling_word_makes_another_line() -> None:
    assert not any(alike.is_nearly_same for alike in KNOWN.alike("转账失败了怎么办呀"))
    assert KNOWN.alike("where is my refund") == []


def test_of_each_intent_the_likest_is_named_and_the_likest_intent_first() -> None:
    alike = KNOWN.alike("充值失败了怎么办呀!")

    assert [(each.utterance.intent, each.is_same) for each in alike] == [("topup_failure", True)]


def test_the_same_letters_in_another_order_are_not_the_same() -> None:
    assert not any(alike.is_same for alike in KNOWN.alike("baba"))


@pytest.mark.parametrize("text", ["", "!", "好"])
def test_the_shortest_texts_are_compared_too(text: str) -> None:
    assert KNOWN.alike(text) == []
