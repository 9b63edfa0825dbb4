"""What users say and the bot answers, and which steps a cause calls for: the project's own data, read as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_PLAYBOOKS = Path("actions/playbooks")


class NoCorpus(Exception):
    """A file of the data is not there; the message names it."""


@dataclass(frozen=True)
class Playbook:
    """The steps of a topic by plan, those for who shows nothing, and how each step is asked."""

    checklist: Sequence[str]
    plans: Mapping[str, Sequence[str]]
    steps: Mapping[str, Mapping[str, Any]]

    def kind(self, step: str) -> str:
        """``fix``, ``offer`` or ``wait``."""
        return str(self.steps.get(step, {}).get("kind", "fix"))


class Corpus:
    """Lines by language and intent, responses and words by language, playbooks by topic."""

    def __init__(self, root: Path) -> None:
        try:
            self.lines = dict(_lines(root / "data/nlu"))
            self.responses = _responses(root / "data/responses")
            self.words = _words(root / "data/words")
            self.playbooks = {path.stem: _playbook(path) for path in sorted((root / _PLAYBOOKS).glob("*.yml"))}
        except OSError as error:
            raise NoCorpus(f"{error.filename} is not there") from error
        if not (self.lines and self.playbooks):
            raise NoCorpus(f"data and playbooks are not under {root}")
        self.intents = sorted({intent for _, intent in self.lines})

    def text(self, response: str, language: str, values: Mapping[str, str]) -> str:
        """A response with its values in it."""
        return self.responses[language][response].format_map(values)

    def word(self, name: str, language: str) -> str:
        """A word such as the title of a button."""
        return self.words[name][language]


def _read(path: Path) -> Any:
    with path.open(encoding="utf-8") as file:
        # The parser written in C: thirty thousand lines in a third of a second instead of five.
        return yaml.load(file, yaml.CSafeLoader)


def _lines(folder: Path) -> list[tuple[tuple[str, str], list[str]]]:
    found = []
    for path in sorted(folder.glob("*/*.yml")):
        for row in _read(path)["nlu"]:
            lines = [line[2:].strip() for line in row["examples"].splitlines() if line.startswith("- ")]
            found.append(((path.parent.name, row["intent"]), lines))
    return found


def _responses(folder: Path) -> dict[str, dict[str, str]]:
    by_language: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, variants in _read(path)["responses"].items():
            for variant in variants:
                (condition,) = variant["condition"]
                by_language.setdefault(condition["value"], {})[name] = variant["text"]
    return by_language


def _words(folder: Path) -> dict[str, dict[str, str]]:
    return {name: texts for path in sorted(folder.glob("*.yml")) for name, texts in _read(path)["words"].items()}


def _playbook(path: Path) -> Playbook:
    content = _read(path)
    return Playbook(content["checklist"], content["causes"], content["steps"])
