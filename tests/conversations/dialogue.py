"""Dialogues as the .yml files write them.

A file is a list of dialogues: ``name``, ``as`` (a demo user; a guest without it), ``writer`` (what a messaging channel
calls him, which does not know what user he is) and ``turns``. A turn is one of

  user:    what is typed                      choose:  a button of the last answer, by number or part of its title
  wallet:  what the user does in his wallet   desk:    what people at the desk do
  stop, start:  a process that goes away or comes back
  told:    responses that the bot says by itself, waited for
  open:    another conversation, of the same user, of the same writer, or of a guest

and of a turn with ``user`` or ``choose`` the answer may be asked for

  bot:      figures and names it contains     not:     what it does not contain
  says:     responses of data/responses, one of its messages each; ``name@en`` for one in another language
  silent_on: responses it does not say         buttons: how many there are, or parts of titles in order
  case:     fields of the case the desk has of this conversation by then

Figures in braces come from the wallet or the conversation when they are needed, see figures.py.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

_ACTS = ("user", "choose", "wallet", "desk", "stop", "start", "open", "told")
_FOLDER = Path(__file__).parent
_OUTAGES = "outages"


@dataclass(frozen=True)
class Turn:
    """One act, and what its answer has to be."""

    act: str
    what: Any
    bot: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    silent_on: tuple[str, ...] = ()
    buttons: int | list[str] | None = None
    case: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Dialogue:
    """One conversation from its beginning."""

    id: str
    language: str
    scenario: str | None
    writer: str | None
    turns: tuple[Turn, ...]


def load_dialogues(language: str, *, outages: bool = False) -> list[Dialogue]:
    """The dialogues of a language in which every process stays, or those in which one goes away."""
    files = [file for file in sorted(_FOLDER.glob(f"{language}/*.yml")) if (file.stem == _OUTAGES) == outages]
    # The plain loader takes seconds for them, in every process that runs tests.
    entries = {file: yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) for file in files}
    return [_dialogue(file, entry) for file in files for entry in entries[file]]


def _dialogue(file: Path, entry: dict[str, Any]) -> Dialogue:
    language = file.parent.name
    assert set(entry) <= {"name", "as", "writer", "turns"}, f"{file}: {sorted(entry)}"
    turns = tuple(_turn(file, turn) for turn in entry["turns"])
    return Dialogue(f"{language}/{file.stem}/{entry['name']}", language, entry.get("as"), entry.get("writer"), turns)


def _turn(file: Path, entry: dict[str, Any]) -> Turn:
    rest = dict(entry)
    (act,) = [name for name in _ACTS if name in entry]
    what = rest.pop(act)
    lists = {name: tuple(str(item) for item in rest.pop(key, ())) for name, key in _LISTS.items()}
    turn = Turn(act, what, buttons=rest.pop("buttons", None), case=rest.pop("case", {}), **lists)
    assert not rest, f"{file}: what is {sorted(rest)}?"
    return turn


_LISTS = {"bot": "bot", "not_": "not", "says": "says", "silent_on": "silent_on"}
