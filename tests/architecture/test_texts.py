"""No sentence for a user stands in Python, and no utterance teaches two things."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

import pytest

from bot.nlu.normalize import normalize
from tests.architecture.sources import ROOT, examples, modules, texts, tree

_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff]")
# Patterns that read what a user wrote.
_READS_USERS = ("bot/nlu/", "bot/privacy/")


def test_no_chinese_stands_in_python() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in modules("actions", "bot", "wallet")
        if not path.relative_to(ROOT).as_posix().startswith(_READS_USERS)
        for line, text in texts(path)
        if _CHINESE.search(text)
    ]
    assert found == []


def test_no_action_utters_a_text_of_its_own() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in modules("actions")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "utter_message"
        for value in [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "text")]
        if isinstance(value, (ast.Constant, ast.JoinedStr, ast.BinOp))
    ]
    assert found == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_utterance_stands_under_two_intents(language: str) -> None:
    intents: dict[str, set[str]] = defaultdict(set)
    for intent, lines in examples()[language].items():
        for line in lines:
            intents[normalize(line) or line].add(intent)
    assert {text: found for text, found in intents.items() if len(found) > 1} == {}
