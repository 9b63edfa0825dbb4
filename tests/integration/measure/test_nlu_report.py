"""The command as a process of its own, with the model of the present data."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.launch.understanding import facts_of
from bot.training.model import model_path
from tests.stack.processes import Stack

LINES = {
    "zh_lines.jsonl": [("登录不了", "login_failure"), ("充值要手续费吗", "ask_fees"), ("今天星期几呀", "other")],
    "en_lines.jsonl": [("I can't log in", "login_failure"), ("is there a fee for topping up", "ask_fees")],
}


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """The settings of a machine of its own, and the model; nothing of it runs."""
    made = Stack(tmp_path_factory.mktemp("report") / "var")
    made.run("bot", "train")
    return made


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("lines")
    for name, pairs in LINES.items():
        rows = (json.dumps({"text": text, "intent": intent}, ensure_ascii=False) for text, intent in pairs)
        (folder / name).write_text("\n".join(rows), encoding="utf-8")
    return [str(folder / name) for name in LINES]


def figures_of(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_it_measures_writes_and_compares(stack: Stack, files: list[str], tmp_path: Path) -> None:
    page, figures = tmp_path / "deep" / "page.html", tmp_path / "figures.json"
    out = ["--page", str(page), "--json", str(figures)]

    first = stack.run("bot", "nlu-report", *files, *out)
    written = figures_of(figures)
    second = stack.run("bot", "nlu-report", *files, *out, "--language", "zh", "--against", str(figures))

    assert {name: part["summary"]["lines"] for name, part in written["parts"].items()} == {"all": 5, "zh": 3, "en": 2}
    assert written["parts"]["all"]["core"]["lines"] == 4
    assert written["parts"]["en"]["summary"]["accuracy"] == 1
    assert [intent["name"] for intent in written["parts"]["zh"]["intents"]] == [
        "login_failure",
        "ask_fees",
        "out_of_scope",
    ]
    assert first.startswith("How well the bot understands\n")
    assert f"page: {page}" in first
    assert "前后对比" in second
    assert '<html lang="zh-CN">' in page.read_text(encoding="utf-8")


def test_a_bad_line_ends_it_with_two_before_anything_is_printed(stack: Stack, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "ok"}', encoding="utf-8")

    command = [sys.executable, "-m", "bot", "nlu-report", str(bad)]
    done = subprocess.run(command, env=stack.environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{bad}:1: 'intent' is missing\n")


def test_the_model_s_file_tells_its_intents_and_when_it_was_trained(stack: Stack) -> None:
    facts = facts_of(model_path(Path.cwd(), Path(stack.settings["HOTLINE_MODELS_FOLDER"])))

    assert {"payment_failure", "out_of_scope", "greet"} <= facts.intents
    assert facts.trained_at
