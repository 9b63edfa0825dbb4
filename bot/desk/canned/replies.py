"""Reads the ready-made replies and fills them in for one hand-off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

import yaml

PLACEHOLDERS = frozenset({"agent", "number", "topic", "user"})


@dataclass(frozen=True)
class Reply:
    """One reply: what agents call it, and what it says, by language."""

    name: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class FilledReply:
    """A reply as it can be sent."""

    name: str
    title: str
    text: str


@cache
def load_replies() -> tuple[Reply, ...]:
    """Every reply of canned.yml, in its order."""
    rows = yaml.safe_load(Path(__file__).with_name("canned.yml").read_text(encoding="utf-8"))
    return tuple(Reply(row["name"], row["title"], row["text"]) for row in rows)


def placeholders(text: str) -> set[str]:
    """The names in braces that a text wants filled."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def fill(
    replies: tuple[Reply, ...], title_in: str, text_in: str, values: Mapping[str, str | None]
) -> list[FilledReply]:
    """The replies that can be said with these values; one that needs a value nobody knows is left out."""
    known = {name: value for name, value in values.items() if value}
    return [
        FilledReply(reply.name, reply.titles[title_in], reply.texts[text_in].format(**known))
        for reply in replies
        if placeholders(reply.texts[text_in]) <= known.keys()
    ]
