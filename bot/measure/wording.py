"""The words of the report: words.yml, in one language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from bot.measure.rows import NOTHING

WORDS_FILE = Path(__file__).with_name("words.yml")


class Words:
    """``words("key", name=value)`` is the text of a key with its values filled in; of another file if one is given."""

    def __init__(self, language: str, file: Path = WORDS_FILE) -> None:
        self.language = language
        self._texts = {key: texts[language] for key, texts in _read(file).items()}

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key."""
        return self._texts[key].format(**values)

    def part(self, name: str) -> str:
        """What a part of the report is called."""
        return self(f"part_{name}")

    def intent(self, name: str) -> str:
        """An intent keeps its name in every language; only its absence has a word."""
        return self("none") if name == NOTHING else name


@cache
def _read(file: Path) -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return read


def share(value: float | None) -> str:
    """A share in per cent; a dash where there is none."""
    return "–" if value is None else f"{value:.1%}"
