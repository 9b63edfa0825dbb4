"""Words of users' texts that are no whole response: button titles, topic names, days. Read from data/words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from actions.settings import current_settings


class UnknownWord(KeyError):
    """A word that data/words does not have in that language."""


@cache
def load_words(folder: Path) -> dict[str, dict[str, str]]:
    """All words of a folder: ``{name: {"zh": …, "en": …}}``."""
    words: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.yml")):
        words.update(yaml.safe_load(path.read_text(encoding="utf-8"))["words"])
    return words


def word(name: str, language: str) -> str:
    """The word in a language. Raises UnknownWord."""
    try:
        return load_words(current_settings().data_folder / "words")[name][language]
    except KeyError as error:
        raise UnknownWord(f"{name} in {language}") from error
