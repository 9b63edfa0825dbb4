"""The vector of a text; a language model that cannot be loaded is refused in one line, and none is fetched."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.language_model import LocalLanguageModel
from bot.nlu.tokens import WordTokenizer
from tests.fakes.language_model import POSITIONS, WIDTH, write_language_model


def test_a_text_has_one_vector_of_its_words_and_none_for_each(tmp_path: Path) -> None:
    model = load(write_language_model(tmp_path))
    failed, again, arrived = (vector_of(model, text) for text in ("付款失败了", "付款失败了！", "hello there"))

    assert failed is not None
    assert failed.shape == (1, WIDTH)
    assert np.array_equal(failed, again)
    assert not np.allclose(failed, arrived, atol=0.01)


def test_other_weights_give_another_vector(tmp_path: Path) -> None:
    models = [load(write_language_model(tmp_path / str(seed), seed)) for seed in (1, 1, 2)]
    one, same, other = (vector_of(model, "付款失败了") for model in models)

    assert np.array_equal(one, same)
    assert not np.allclose(one, other, atol=0.01)


def test_signs_alone_have_no_vector(tmp_path: Path) -> None:
    assert vector_of(load(write_language_model(tmp_path)), "？！🙂") is None


def test_words_beyond_the_last_place_change_nothing(tmp_path: Path) -> None:
    model = load(write_language_model(tmp_path))
    assert np.array_equal(vector_of(model, "付" * POSITIONS + "款"), vector_of(model, "付" * POSITIONS + "你好"))


def test_a_folder_that_is_not_there_is_no_name_to_look_for(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfigException, match="nowhere holds no language model"):
        load(tmp_path / "nowhere")
    assert (os.environ["HF_HUB_OFFLINE"], os.environ["TRANSFORMERS_OFFLINE"]) == ("1", "1")


@pytest.mark.parametrize(
    ("file", "content"), [("model.safetensors", b"cut off"), ("config.json", b"{"), ("vocab.txt", None)]
)
def test_damaged_files_are_refused_in_one_line(tmp_path: Path, file: str, content: bytes | None) -> None:
    folder = write_language_model(tmp_path)
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)

    with pytest.raises(InvalidConfigException) as refused:
        load(folder)
    assert str(refused.value).startswith(f"the language model in {folder} cannot be loaded: ")
    assert "\n" not in str(refused.value)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading forbids the net to the whole process; other tests need not know."""
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "0")


def vector_of(model: LocalLanguageModel, text: str) -> np.ndarray | None:
    message = Message({"text": text})
    WordTokenizer(WordTokenizer.get_default_config()).process([message])
    model.process([message])
    of_tokens, of_sentence = message.get_dense_features("text")
    assert of_tokens is None
    return of_sentence and of_sentence.features


def load(folder: Path) -> LocalLanguageModel:
    config = {**LocalLanguageModel.get_default_config(), "model_weights": str(folder)}
    return LocalLanguageModel.create(config, None, None, ExecutionContext(GraphSchema({}), "language model"))
