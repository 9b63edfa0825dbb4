"""The intents a line can be given: in groups, with the words of both languages to find them by. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from bot.desk.agents.payloads import Language
from bot.desk.web.texts import Texts

REST = "rest"
_FILE = Path(__file__).with_name("intents.yml")


@dataclass(frozen=True)
class Group:
    """Intents that are offered together; `name` is that of a text."""

    name: str
    intents: tuple[str, ...]


@cache
def named_groups() -> tuple[Group, ...]:
    """The groups of intents.yml, in its order."""
    read = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(Group(name, tuple(intents)) for name, intents in read.items())


def all_intents(taught: Collection[str]) -> set[str]:
    """Every intent: those that the training data teach, or all with a group where there are no data."""
    return set(taught) or {intent for group in named_groups() for intent in group.intents}


def grouped(intents: Collection[str]) -> list[Group]:
    """These intents in their groups, those of no group last; no group is empty."""
    groups = [Group(group.name, tuple(each for each in group.intents if each in intents)) for group in named_groups()]
    placed = {intent for group in groups for intent in group.intents}
    groups.append(Group(REST, tuple(sorted(set(intents) - placed))))
    return [group for group in groups if group.intents]


def words_to_find(intent: str, texts: Mapping[Language, Texts]) -> str:
    """What somebody who looks for an intent may type: its name, and its words in both languages."""
    known = (str(texts[language].get(f"intent_{intent}", "")) for language in Language)
    return " ".join([intent, *known]).casefold()
