"""The words of the report are there in both languages, and all of them are used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import yaml

from bot.measure.labelled import LANGUAGES
from bot.measure.report import ALL
from bot.measure.rows import UNDECIDED
from bot.measure.wording import WORDS_FILE

TEXTS = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))
SOURCES = [path for path in WORDS_FILE.parent.iterdir() if path.suffix in (".py", ".html")]
SOURCES.append(WORDS_FILE.parents[1] / "launch" / "nlu_report.py")


def fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in Formatter().parse(text)} - {None}


def test_every_word_is_there_in_both_languages_with_the_same_values() -> None:
    assert {key for key, texts in TEXTS.items() if set(texts) != set(LANGUAGES)} == set()
    assert {key for key, texts in TEXTS.items() if fields(texts["zh"]) != fields(texts["en"])} == set()


def test_every_part_has_a_name() -> None:
    assert {f"part_{name}" for name in (ALL, UNDECIDED, *LANGUAGES)} <= set(TEXTS)


def test_every_word_is_used() -> None:
    quoted = set(re.findall(r"[\"'](\w+)[\"']", "".join(Path(path).read_text(encoding="utf-8") for path in SOURCES)))
    assert {key for key in TEXTS if key not in quoted and not key.startswith("part_")} == set()
