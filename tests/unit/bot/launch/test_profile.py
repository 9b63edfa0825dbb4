"""Which pipeline is trained and served."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.launch.profile import chosen_config
from tests.fakes.language_model import write_language_model

PROFILE = Path("config.transformer.yml")
OF_THE_PROFILE = (
    "bot.nlu.tokens.WordTokenizer",
    "bot.nlu.language_model.LocalLanguageModel",
    "bot.nlu.sentence_intent.SentenceIntentClassifier",
)


def test_the_usual_one_is_chosen_unless_another_is_named(tmp_path: Path) -> None:
    other = tmp_path / "other.yml"
    other.write_text("pipeline: []", encoding="utf-8")

    assert chosen_config({}) == Path("config.yml")
    assert chosen_config({"HOTLINE_CONFIG": str(other)}) == other


def test_a_language_model_must_be_where_the_file_says(tmp_path: Path) -> None:
    config = tmp_path / "other.yml"
    folder = tmp_path / "weights"
    config.write_text(f"pipeline:\n  - name: a.B\n    model_weights: {folder}\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="holds no language model"):
        chosen_config({"HOTLINE_CONFIG": str(config)})

    write_language_model(folder)
    assert chosen_config({"HOTLINE_CONFIG": str(config)}) == config


@pytest.mark.parametrize(("content", "said"), [(None, "names no file"), ("pipeline: [", "is no YAML")])
def test_a_file_that_cannot_be_read_is_said_in_one_line(tmp_path: Path, content: str | None, said: str) -> None:
    config = tmp_path / "other.yml"
    if content:
        config.write_text(content, encoding="utf-8")

    with pytest.raises(SystemExit, match=said) as ended:
        chosen_config({"HOTLINE_CONFIG": str(config)})
    assert "\n" not in str(ended.value)


def test_the_profile_is_the_usual_pipeline_with_a_second_opinion() -> None:
    usual, profile = (yaml.safe_load(file.read_text(encoding="utf-8")) for file in (Path("config.yml"), PROFILE))
    added = [part for part in profile["pipeline"] if part["name"] in OF_THE_PROFILE]

    assert tuple(part["name"] for part in added) == OF_THE_PROFILE
    profile["pipeline"] = [part for part in profile["pipeline"] if part not in added]
    assert profile == usual
