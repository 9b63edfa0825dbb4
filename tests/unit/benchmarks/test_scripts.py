"""The scripts of the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.nlu.language import detect_language
from tests.architecture.sources import read_yaml
from tests.benchmarks.scripts import LONG_TURNS, Script, Turn, load_scripts

SCRIPTS = load_scripts()
EVERY = pytest.mark.parametrize("script", [*SCRIPTS.short, SCRIPTS.long], ids=lambda script: str(script.name))
# What changes an account for good, or what a wallet allows only so often.
_LASTING = ("冻结", "freeze", "重置", "reset")


@EVERY
def test_its_user_is_a_demo_user(script: Script) -> None:
    assert script.user is None or script.user in read_yaml("wallet/demo/scenarios.yml")


@EVERY
def test_it_begins_in_its_language(script: Script) -> None:
    assert detect_language(script.turns[0].text or "") == script.language


@EVERY
def test_nothing_said_changes_a_wallet(script: Script) -> None:
    said = " ".join(str(turn.text or turn.choice).lower() for turn in script.turns)
    assert not [word for word in _LASTING if word in said]


def test_names_are_told_apart() -> None:
    names = [script.name for script in (*SCRIPTS.short, SCRIPTS.long)]
    assert len(set(names)) == len(names)
    assert SCRIPTS.named(names[1]) is SCRIPTS.short[1]


def test_both_languages_users_and_guests_talk() -> None:
    assert {script.language for script in SCRIPTS.short} == {"zh", "en"}
    assert {script.user is None for script in SCRIPTS.short} == {True, False}


def test_the_long_conversation_repeats_its_cycle() -> None:
    turns, length = SCRIPTS.long.turns, SCRIPTS.cycle_length
    assert len(turns) == LONG_TURNS
    assert turns[length : 2 * length] == turns[:length]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a file with one script of these turns."""

    def write(turns: str, language: str = "zh") -> Path:
        script = f"{{name: a, language: {language}, turns: {turns}}}"
        file = tmp_path / "scripts.yml"
        file.write_text(f"scripts: [{script}]\nlong: {script}\n", encoding="utf-8")
        return file

    return write


def test_a_turn_is_a_text_or_a_choice(written: Callable[..., Path]) -> None:
    script = load_scripts(written("[你好, {choose: 2}, {choose: 是}]")).short[0]
    assert script == Script("a", None, "zh", (Turn("你好"), Turn(choice=2), Turn(choice="是")))


@pytest.mark.parametrize("turns", ["[]", "[1]", "[true]", "['']", "[{tap: 1}]", "[{choose: []}]"])
def test_another_turn_is_refused(written: Callable[..., Path], turns: str) -> None:
    with pytest.raises(ValueError, match=r"is no script|a turn is"):
        load_scripts(written(turns))


def test_another_language_is_refused(written: Callable[..., Path]) -> None:
    with pytest.raises(ValueError, match="is no script"):
        load_scripts(written("[hallo]", "de"))
