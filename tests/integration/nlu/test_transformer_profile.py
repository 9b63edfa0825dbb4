"""config.transformer.yml with a tiny language model: trained by one process, loaded by another."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.training.model import model_path
from tests.fakes.language_model import write_language_model

ROOT = Path.cwd()
CONFIG = Path("config.transformer.yml")
WEIGHTS = "language-model"
EXAMPLES = {
    "payment_failure": ["付款失败了", "付款没成功", "my payment failed", "the payment did not work"],
    "topup_failure": ["充值没到账", "充值失败了", "my top up did not arrive", "top up failed"],
    "greet": ["你好", "你好呀", "hello there", "hello"],
}
# The second has more words than the tiny language model has places for.
TEXTS = ["付款失败了 payment", "付款" * 60, "付款失败了 payment"]
# Two models in one process: most of its time goes into starting TensorFlow.
UNDERSTAND = """
import asyncio, json, os, sys
from bot.launch.understanding import load_parser, present_model, understand
texts = sys.stdin.read().splitlines()
for folder in sys.argv[1:]:
    os.chdir(folder)
    parser = load_parser(present_model())
    for text in texts:
        print(json.dumps(asyncio.run(understand(parser, text))))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three intents with a trained model; its language model lies where the profile expects it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / CONFIG, folder)
    write_language_model(folder / WEIGHTS)
    write(folder / "domain.yml", {"version": "3.1", "intents": list(EXAMPLES)})
    write(folder / "data/responses/greeting.yml", {"version": "3.1", "responses": {"utter_greet": [{"text": "hello"}]}})
    rule = {"rule": "greet", "steps": [{"intent": "greet"}, {"action": "utter_greet"}]}
    write(folder / "data/rules/greeting.yml", {"version": "3.1", "rules": [rule]})
    nlu = [
        {"intent": intent, "examples": "".join(f"- {line}\n" for line in lines)} for intent, lines in EXAMPLES.items()
    ]
    write(folder / "data/nlu/intents.yml", {"version": "3.1", "nlu": nlu})
    done = bot(folder, "train")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def other(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same project with other weights, for which nobody has trained a model."""
    folder = tmp_path_factory.mktemp("other") / "project"
    shutil.copytree(project, folder)
    write_language_model(folder / WEIGHTS, seed=2)
    return folder


@pytest.fixture(scope="module")
def rows(project: Path, other: Path, tmp_path_factory: pytest.TempPathFactory) -> list[list[dict[str, Any]]]:
    """What a new process understands in the project, and with the same model but other weights beside it."""
    mistaken = tmp_path_factory.mktemp("mistaken") / "project"
    shutil.copytree(other, mistaken)
    shutil.copy(model_path(project, project / "models", CONFIG), model_path(mistaken, mistaken / "models", CONFIG))
    done = run([sys.executable, "-W", "ignore", "-c", UNDERSTAND, project, mistaken], ROOT, "\n".join(TEXTS))
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return [found[: len(TEXTS)], found[len(TEXTS) :]]


def test_a_model_loaded_anew_ranks_every_intent(rows: list[list[dict[str, Any]]]) -> None:
    ranking = rows[0][0]["ranking"]
    assert sorted(row["name"] for row in ranking) == sorted(EXAMPLES)
    assert ranking[0]["name"] == "payment_failure"
    assert sum(row["confidence"] for row in ranking) == pytest.approx(1, abs=1e-5)


def test_the_same_text_is_understood_the_same_again(rows: list[list[dict[str, Any]]]) -> None:
    assert rows[0][0] == rows[0][-1]


def test_a_message_longer_than_the_language_model_reads_is_understood(rows: list[list[dict[str, Any]]]) -> None:
    assert rows[0][1]["intent"] == "payment_failure"


def test_with_other_weights_the_same_model_reads_a_text_differently(rows: list[list[dict[str, Any]]]) -> None:
    with_the_right_weights, with_others = rows
    assert with_the_right_weights[0]["ranking"] != with_others[0]["ranking"]


def test_other_weights_ask_for_another_model(other: Path) -> None:
    refused = bot(other, "parse")
    assert refused.returncode == 1
    assert "there is no model of the present data" in refused.stderr


@pytest.mark.parametrize("command", ["train", "parse"])
def test_without_a_language_model_one_line_says_what_to_do(project: Path, tmp_path: Path, command: str) -> None:
    shutil.copy(project / CONFIG, tmp_path)
    done = bot(tmp_path, command)

    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert line.startswith(f"{CONFIG}: {WEIGHTS} holds no language model: put its config.json, vocab.txt and")


def bot(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    """The bot's command line with that project as its working folder."""
    return run([sys.executable, "-W", "ignore", "-m", "bot", command], folder)


def run(command: list[str | Path], folder: Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A process that has the profile, and no way to the net."""
    nowhere = "http://127.0.0.1:9"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")},
        "PYTHONPATH": str(ROOT),
        "HOTLINE_CONFIG": str(CONFIG),
        "HTTP_PROXY": nowhere,
        "HTTPS_PROXY": nowhere,
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    return subprocess.run(
        command, cwd=folder, env=environment, input=typed, capture_output=True, text=True, check=False
    )


def write(file: Path, content: dict[str, Any]) -> None:
    """Into a file of a project."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
