"""The scripted conversations of scripts.yml."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).with_name("scripts.yml")
LANGUAGES = ("zh", "en")
LONG_TURNS = 100


@dataclass(frozen=True)
class Turn:
    """A text to type, or a button of the last answer by its number or a part of its title."""

    text: str | None = None
    choice: int | str | None = None


@dataclass(frozen=True)
class Script:
    """One conversation; ``user`` is None for a guest, ``language`` the one it begins in."""

    name: str
    user: str | None
    language: str
    turns: tuple[Turn, ...]


@dataclass(frozen=True)
class Scripts:
    """Short conversations of mixed topics, and one of LONG_TURNS turns that repeats ``cycle_length`` of them."""

    short: tuple[Script, ...]
    long: Script
    cycle_length: int

    def named(self, name: str) -> Script:
        """The script of a name."""
        return next(script for script in (*self.short, self.long) if script.name == name)


def load_scripts(file: Path = _FILE) -> Scripts:
    """Every script. Raises ValueError for an entry that is none."""
    content = yaml.safe_load(file.read_text(encoding="utf-8"))
    once = _script(content["long"])
    long = Script(once.name, once.user, once.language, tuple(islice(cycle(once.turns), LONG_TURNS)))
    return Scripts(tuple(_script(entry) for entry in content["scripts"]), long, len(once.turns))


def _script(entry: dict[str, Any]) -> Script:
    unknown = set(entry) - {"name", "as", "language", "turns"}
    if unknown or entry["language"] not in LANGUAGES or not entry["turns"]:
        raise ValueError(f"this is no script: {entry}")
    return Script(entry["name"], entry.get("as"), entry["language"], tuple(_turn(turn) for turn in entry["turns"]))


def _turn(entry: Any) -> Turn:
    if isinstance(entry, str) and entry.strip():
        return Turn(text=entry)
    if isinstance(entry, dict) and set(entry) == {"choose"} and isinstance(entry["choose"], (int, str)):
        return Turn(choice=entry["choose"])
    raise ValueError(f"a turn is a text or {{choose: ...}}, not {entry!r}")
