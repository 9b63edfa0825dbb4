"""The words of the pages: texts/<language>/<noun>.yml, merged; the file says nothing but which noun it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import yaml

from bot.desk.agents.payloads import Language

FOLDER = Path(__file__).parent / "texts"

Default = TypeVar("Default")


class Text(str):
    """A text; called with values it is the text with these in its braces."""

    __slots__ = ("_one",)
    _one: str | None

    def __new__(cls, text: str, one: str | None = None) -> Text:
        """Make a text, and what it becomes where its count is one."""
        made = super().__new__(cls, text)
        made._one = one
        return made

    def __call__(self, **values: object) -> str:
        """Fill in the values; `count` chooses between the forms of a text that has two."""
        text = self._one if self._one is not None and values.get("count") == 1 else str(self)
        return text.format(**values)


class Texts:
    """The texts of one language: `texts.key`, or `texts["key"]` where the key is put together."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self._texts = texts

    def __getattr__(self, key: str) -> Text:
        try:
            return self._texts[key]
        except KeyError:
            raise AttributeError(key) from None

    def __getitem__(self, key: str) -> Text:
        return self._texts[key]

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def get(self, key: str, default: Default) -> Text | Default:
        """Return the text of a key, or something else where there is none."""
        return self._texts.get(key, default)


@cache
def read_texts(folder: Path = FOLDER) -> dict[Language, Texts]:
    """Read every file of every language.

    Raises:
        ValueError: when two files of a language have the same key.
    """
    return {language: Texts(_merged(folder / language.value)) for language in Language}


def _merged(folder: Path) -> dict[str, Text]:
    merged: dict[str, Text] = {}
    for file in sorted(folder.glob("*.yml")):
        for key, text in (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).items():
            if key in merged:
                raise ValueError(f"{file.name} repeats {key}")
            merged[key] = Text(text["other"], text["one"]) if isinstance(text, dict) else Text(str(text))
    return merged
