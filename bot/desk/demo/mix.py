"""What demonstration data is made of, in which shares: mix.yml and persons.yml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.desk.demo.chance import Weights

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Cause:
    """What an account shows: the cause, the words it is told in, and the list of its steps."""

    name: str
    told: str
    plan: str


class Mix:
    """Shares and names. What is not a draw is read by its name in the file: ``mix["proven_share"]``."""

    def __init__(self, content: Mapping[str, Any], persons: Mapping[str, Any]) -> None:
        self._content = content
        self.persons = persons
        self.channels, self.languages = Weights(content["channels"]), Weights(content["languages"])
        self.openings, self.failures = Weights(content["openings"]), Weights(content["failures"])
        self.questions, self.deeds = Weights(content["questions"]), Weights(content["deeds"])
        self.tags, self.verdicts = Weights(content["tags"]), Weights(content["verdicts"])
        self.stars = {whose: Weights(weights) for whose, weights in content["stars"].items()}
        self.stars["outage"] = Weights(content["outage"]["stars"])
        self.causes = {topic: Weights(_causes(rows)) for topic, rows in content["causes"].items() if rows}
        self.unknown: dict[str, list[str]] = {
            language: [line for theme in themes for line in theme] for language, themes in content["unknown"].items()
        }

    def __getitem__(self, name: str) -> Any:
        """What the file has under a name."""
        return self._content[name]


@cache
def load_mix() -> Mix:
    """The mix of the two files."""
    return Mix(*(_read(name) for name in ("mix.yml", "persons.yml")))


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))


def _causes(rows: list[dict[str, Any]]) -> dict[Cause, float]:
    return {
        Cause(row["cause"], row.get("told", row["cause"]), row.get("plan", row["cause"])): row["weight"] for row in rows
    }
