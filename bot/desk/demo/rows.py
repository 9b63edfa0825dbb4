"""Conversations as rows of every table, folded as the bot folds them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from bot.desk.demo.additions import Additions
from bot.desk.demo.conversation import Made
from bot.desk.demo.event_text import COLUMNS, EventTexts
from bot.store.episode import Episode
from bot.store.episode_fold import fold
from bot.store.summary import Summary, sample_of
from bot.store.word_index import words_of

Row = tuple[Any, ...]

EVENT = ("id", *COLUMNS)
_SUMMARY = tuple(field.name for field in fields(Summary))
CONVERSATION = ("id", "sample", *_SUMMARY, "last_event_id")
_EPISODE = tuple(field.name for field in fields(Episode))
EPISODE = ("conversation_id", *_EPISODE)
_TOLD = {"user", "bot", "slot", "session_started"}
_of_summary, _of_episode = attrgetter(*_SUMMARY), attrgetter(*_EPISODE)


@dataclass(frozen=True)
class Written:
    """A conversation ready to be stored, but for the ids of its events, which the database gives out."""

    conversation_id: str
    events: list[Row]
    summary: Row
    episodes: list[Row]
    words: list[tuple[int, str]]
    additions: Additions


class Writing:
    """Writes conversations as rows."""

    def __init__(self) -> None:
        self._texts = EventTexts()

    def of(self, made: Made, summary: Summary, additions: Additions) -> Written:
        """The rows of a conversation."""
        name = made.conversation_id
        # The fold and the words go by few kinds of events, of which there are many.
        told = [(place, event) for place, event in enumerate(made.events) if event["event"] in _TOLD]
        said = ((place, words_of(event)) for place, event in told)
        return Written(
            name,
            [self._texts.row(name, event) for event in made.events],
            (name, sample_of(name), *_of_summary(summary)),
            [(name, *_of_episode(episode)) for episode in fold((), (event for _, event in told))],
            [(place, words) for place, words in said if words],
            additions,
        )
