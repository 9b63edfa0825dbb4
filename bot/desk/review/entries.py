"""What a conversation's transcript is made of, as a lead reads it. Pure; `kind` is what a template tells them by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.desk.review.behind import Deed
from bot.desk.review.notes import Note
from bot.handoff.states import Change
from bot.store.lines import Understanding


@dataclass(frozen=True)
class Episode:
    """What the user came for, from its first line on."""

    number: int
    started_at: float
    topic: str | None
    cause: str | None
    outcome: str | None
    handoff_number: str | None = None


@dataclass(frozen=True)
class Pause:
    """A new day, or a silence of `count` minutes, hours or days."""

    kind: ClassVar[str] = "pause"
    at: datetime
    is_new_day: bool
    unit: str | None = None
    count: int = 0


@dataclass(frozen=True)
class Begins:
    """An episode begins."""

    kind: ClassVar[str] = "episode"
    episode: Episode


@dataclass(frozen=True)
class Line:
    """A message of `author` user, bot or person. `corrected` is the intent that a lead has given it."""

    kind: ClassVar[str] = "line"
    seq: int
    at: datetime
    author: str
    text: str
    agent: str | None = None
    buttons: tuple[str, ...] = ()
    understanding: Understanding | None = None
    corrected: str | None = None
    notes: tuple[Note, ...] = ()

    @property
    def may_be_corrected(self) -> bool:
        """Whether the bot had to understand it: a button that was pressed says what it means."""
        return bool(self.understanding and self.understanding.language and self.text.strip())


@dataclass(frozen=True)
class Changed:
    """The hand-off changed."""

    kind: ClassVar[str] = "change"
    seq: int
    at: datetime
    change: Change
    agent: str | None
    stars: int | None
    number: str | None


@dataclass(frozen=True)
class Behind:
    """What the bot did until the next line."""

    kind: ClassVar[str] = "behind"
    deeds: tuple[Deed, ...]


Entry = Pause | Begins | Line | Changed | Behind
