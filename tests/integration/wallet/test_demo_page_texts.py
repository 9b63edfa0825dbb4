"""The words of the demo's page: the same in both languages, and for everything that may come."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from wallet.contract.causes import CAUSES
from wallet.contract.payloads import AccountStatus, CardKind, CardState, MovementStatus
from wallet.demo.scenarios import load_scenarios

PAGE = Path(__file__).parents[3] / "wallet" / "demo" / "page"
FILES = {
    name: [json.loads(file.read_text(encoding="utf-8")) for file in sorted((PAGE / "texts" / name).glob("*.json"))]
    for name in ("zh", "en")
}
TEXTS: dict[str, dict[str, Any]] = {
    name: {part: words for file in files for part, words in file.items()} for name, files in FILES.items()
}
SAID = re.compile(r'\b(?:say|list)\("([a-z_.]+)"')


def leaves(words: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text by its path."""
    if isinstance(words, str):
        yield path, words
        return
    items = words.items() if isinstance(words, dict) else enumerate(words)
    for name, part in items:
        yield from leaves(part, f"{path}.{name}" if path else str(name))


def find(language: str, path: str) -> Any:
    """What stands at a path, None if nothing does."""
    found = TEXTS[language]
    for name in path.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def test_the_page_loads_every_file_of_its_words() -> None:
    named = re.search(r"const FILES = \[(.*?)\];", (PAGE / "language.js").read_text(encoding="utf-8"), re.DOTALL)
    assert named
    loaded = sorted(re.findall(r'"(\w+)"', named[1]))
    for language in FILES:
        assert loaded == sorted(file.stem for file in (PAGE / "texts" / language).glob("*"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_file_takes_words_from_another(language: str) -> None:
    assert len(TEXTS[language]) == sum(len(file) for file in FILES[language])


def test_both_languages_say_the_same_things() -> None:
    zh, en = (dict(leaves(TEXTS[language])) for language in ("zh", "en"))
    assert zh.keys() == en.keys()
    blanks = {path: [sorted(re.findall(r"\{\w+\}", words[path])) for words in (zh, en)] for path in zh}
    assert {path: found for path, found in blanks.items() if found[0] != found[1]} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_path_the_modules_name_has_words(language: str) -> None:
    modules = "".join(path.read_text(encoding="utf-8") for path in PAGE.rglob("*.js"))
    named = set(SAID.findall(modules))
    assert len(named) > 50
    assert {path for path in named if not find(language, path)} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_demo_user_has_a_story(language: str) -> None:
    people = find(language, "people")
    assert people.keys() == load_scenarios().keys()
    assert all(person["trouble"] and len(person["steps"]) == 3 for person in people.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_words_for_every_cause_that_is_told_and_none_for_the_others(language: str) -> None:
    told = {cause.value for cause, rule in CAUSES.items() if rule.may_be_told}
    assert find(language, "causes").keys() == told | {"other"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_words_for_every_state(language: str) -> None:
    not_succeeded = {status.value for status in MovementStatus} - {MovementStatus.SUCCEEDED.value}
    assert find(language, "activity.statuses").keys() == not_succeeded
    assert find(language, "home.states").keys() == {status.value for status in AccountStatus}
    assert find(language, "cards.states").keys() == {state.value for state in CardState}
    assert find(language, "cards.kinds").keys() == {kind.value for kind in CardKind}
