"""Conversations made at random, written into every table that is searched; and the same search in plain Python."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.store.conversation_filter import ConversationFilter
from bot.store.event_row import row_of
from bot.store.review_tables import conversation_tags, corrections, reviews
from bot.store.tables import conversations, episodes, events
from bot.store.word_index import add_words

TOPICS, INTENTS = ("ask_fees", "ask_limits", "login_failure"), ("ask_fees", "greet", "nlu_fallback", "step_done")
CAUSES, OUTCOMES = ("over_limit", "expired_card", None), ("solved_by_user", "left", "running", None)
CHANNELS, LANGUAGES, STATES = ("widget", "telegram"), ("zh", "en"), ("case", "resolved", None, None, None)
WORDS = ("card", "top", "up", "fees", "2000", "充值", "手续费", "失败", "付款")
ASKED = ("card", "CARD fees", '"top up"', "手续", "手", "充值 失败", "充值失败", "card 手续费", "nowhere", "费手", "?!")
TAGS = ("good", "bad", "rare")
STARS = (None, None, None, 1, 2, 4, 5)


@dataclass
class Made:
    """One conversation: its row, and what other tables hold of it."""

    row: dict[str, Any]
    episodes: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    tags: set[str]
    flags: list[bool] = field(default_factory=list)
    is_corrected: bool = False

    @property
    def place(self) -> tuple[float, str]:
        """Where in the list it stands."""
        return self.row["last_at"], self.row["id"]


def make(count: int, seed: int) -> list[Made]:
    """Conversations that differ in everything that can be asked for; several are active at the same moment."""
    draw = random.Random(seed)  # noqa: S311
    return [_one(draw, f"c{number:03}") for number in range(count)]


def write(connection: Connection, made: list[Made]) -> None:
    """Put them into the tables."""
    for one in made:
        identified = []
        for line in one.lines:
            added = connection.execute(insert(events).values(row_of(one.row["id"], line)))
            identified.append((int(added.inserted_primary_key[0]), line))
        add_words(connection, one.row["id"], identified)
        if one.is_corrected:
            values = {"event_id": identified[0][0], "language": "zh", "words": "x", "intent": "greet", "by": "lead"}
            connection.execute(insert(corrections).values(**values, conversation_id=one.row["id"], at=1.0))
    of = [(one, one.row["id"]) for one in made]
    connection.execute(insert(conversations), [one.row for one in made])
    connection.execute(insert(episodes), [{**each, "conversation_id": id_} for one, id_ in of for each in one.episodes])
    tagged = [{"conversation_id": id_, "tag": tag, "by": "lead", "at": 1.0} for one, id_ in of for tag in one.tags]
    connection.execute(insert(conversation_tags), tagged)
    verdicts = [
        {"conversation_id": id_, "reviewer": f"lead{place}", "verdict": "good", "is_flagged": flag, "at": 1.0}
        for one, id_ in of
        for place, flag in enumerate(one.flags)
    ]
    connection.execute(insert(reviews), verdicts)


def any_filter(draw: random.Random, asks: int) -> ConversationFilter:
    """A filter that asks for so many things."""
    return ConversationFilter(**{name: choose(draw) for name, choose in draw.sample(sorted(_CHOICES.items()), asks)})


def is_wanted(one: Made, wanted: ConversationFilter) -> bool:
    """Whether a conversation is what the filter asks for."""
    given = {field.name: value for field in fields(wanted) if (value := getattr(wanted, field.name)) is not None}
    for name in ("figure_from", "figure_until", *(_OF_EPISODE if "figure" in given else ())):
        given.pop(name, None)
    return all(_HOLDS[name](one, value) if name != "figure" else _counted(one, wanted) for name, value in given.items())


def _one(draw: random.Random, name: str) -> Made:
    first_at = float(draw.randrange(1000))
    told = [_episode(draw, number, first_at + 10 * number) for number in range(1, draw.choice((1, 1, 2)) + 1)]
    row = {
        **{key: told[-1][key] for key in (*_OF_EPISODE, "user_id", "user_messages", "bot_messages", "person_messages")},
        "id": name,
        "first_at": first_at,
        "last_at": float(draw.randrange(1000, 1020)),
        "last_event_id": 1,
        "handoff_state": draw.choice(STATES),
        "rating": draw.choice(STARS),
        "person_rating": draw.choice(STARS),
        "fallbacks": draw.randrange(4),
        "lowest_confidence": draw.choice((None, 0.3, 0.6, 0.9)),
        "sample": 1,
    }
    return Made(
        row=row,
        episodes=told,
        lines=[_line(draw) for _ in range(draw.randrange(1, 5))],
        tags={tag for tag, share in zip(TAGS, (0.5, 0.3, 0.02), strict=True) if draw.random() < share},
        flags=[draw.random() < 0.3 for _ in range(draw.choice((0, 0, 1, 2)))],
        is_corrected=draw.random() < 0.2,
    )


def _episode(draw: random.Random, number: int, started_at: float) -> dict[str, Any]:
    asked_at = draw.choice((None, started_at))
    return {
        "number": number,
        "started_at": started_at,
        "last_at": started_at + 5,
        "cause": draw.choice(CAUSES),
        "channel": draw.choice(CHANNELS),
        "language": draw.choice(LANGUAGES),
        "topic": draw.choice(TOPICS),
        "outcome": draw.choice(OUTCOMES),
        "user_id": draw.choice((None, "chen")),
        "asked_at": asked_at,
        "user_messages": draw.randrange(5),
        "bot_messages": 1,
        "person_messages": draw.choice((0, 0, 2)),
        "fallbacks": draw.randrange(2),
        "rating_asked": 1,
        "rating": draw.choice(STARS),
        "person_rating_asked": 0,
        "returned": draw.randrange(2),
        "handoff_number": asked_at and f"WH-{number}",
        "queued_at": asked_at,
        "answered_at": asked_at and asked_at + draw.randrange(90),
    }


def _line(draw: random.Random) -> dict[str, Any]:
    text = "".join(f"{word} " if word.isascii() else word for word in draw.choices(WORDS, k=draw.randrange(1, 5)))
    said = {"event": draw.choice(("user", "user", "bot", "person")), "text": text, "timestamp": 1.0}
    if said["event"] == "user":
        return {**said, "parse_data": {"intent": {"name": draw.choice(INTENTS)}}}
    return {**said, "event": "bot", "metadata": {"author": "agent"} if said["event"] == "person" else {}}


_OF_EPISODE = ("channel", "language", "topic", "cause", "outcome")
_COUNTED: dict[str, Callable[[dict[str, Any]], bool]] = {
    "all": lambda episode: True,
    "handed_over": lambda episode: episode["asked_at"] is not None,
    "fallback": lambda episode: episode["fallbacks"] > 0,
    "solved_by_user": lambda episode: episode["outcome"] == "solved_by_user",
    "rated_badly": lambda episode: (episode["rating"] or 5) <= 2,
}


def _counted(one: Made, wanted: ConversationFilter) -> bool:
    return any(
        _COUNTED[str(wanted.figure)](each)
        and all(getattr(wanted, name) in (None, each[name]) for name in _OF_EPISODE)
        and (wanted.figure_from is None or each["started_at"] >= wanted.figure_from)
        and (wanted.figure_until is None or each["started_at"] < wanted.figure_until)
        for each in one.episodes
    )


def _says(one: Made, asked: str) -> bool:
    parts = [asked.strip('"')] if asked.startswith('"') else asked.lower().split()
    if asked == "?!":
        return False
    said = (line["text"] for line in one.lines if line["event"] == "user" or line["metadata"].get("author") == "agent")
    return any(all(_holds_part(text, part) for part in parts) for text in said)


def _holds_part(text: str, part: str) -> bool:
    # The words of the vocabulary hold no other one of them.
    return part in text


_HOLDS: dict[str, Callable[[Made, Any], bool]] = {
    **{
        name: lambda one, value, name=name: one.row[name] == value  # type: ignore[misc]
        for name in (*_OF_EPISODE, "user_id", "handoff_state")
    },
    "words": _says,
    "verified": lambda one, value: (one.row["user_id"] is not None) is value,
    "asked_person": lambda one, value: (one.row["handoff_state"] is not None) is value,
    "has_person": lambda one, value: (one.row["person_messages"] > 0) is value,
    "rating_at_least": lambda one, value: (one.row["rating"] or 0) >= value,
    "rating_at_most": lambda one, value: (one.row["rating"] or 9) <= value,
    "min_user_messages": lambda one, value: one.row["user_messages"] >= value,
    "max_user_messages": lambda one, value: one.row["user_messages"] <= value,
    "min_fallbacks": lambda one, value: one.row["fallbacks"] >= value,
    "confidence_below": lambda one, value: (one.row["lowest_confidence"] or 9.0) < value,
    "intent": lambda one, value: any(
        line["event"] == "user" and line["parse_data"]["intent"]["name"] == value for line in one.lines
    ),
    "tag": lambda one, value: value in one.tags,
    "reviewed": lambda one, value: bool(one.flags) is value,
    "flagged": lambda one, value: any(one.flags) is value,
    "corrected": lambda one, value: one.is_corrected is value,
    "active_from": lambda one, value: one.row["last_at"] >= value,
    "active_until": lambda one, value: one.row["last_at"] < value,
}
_CHOICES: dict[str, Callable[[random.Random], Any]] = {
    "words": lambda draw: draw.choice(ASKED),
    "channel": lambda draw: draw.choice((*CHANNELS, "nowhere")),
    "language": lambda draw: draw.choice(LANGUAGES),
    "user_id": lambda draw: draw.choice(("chen", "nobody")),
    "verified": lambda draw: draw.random() < 0.5,
    "topic": lambda draw: draw.choice(TOPICS),
    "cause": lambda draw: draw.choice(CAUSES[:2]),
    "outcome": lambda draw: draw.choice(OUTCOMES[:3]),
    "handoff_state": lambda draw: draw.choice(STATES[:2]),
    "asked_person": lambda draw: draw.random() < 0.5,
    "has_person": lambda draw: draw.random() < 0.5,
    "rating_at_least": lambda draw: draw.randrange(1, 6),
    "rating_at_most": lambda draw: draw.randrange(1, 6),
    "min_user_messages": lambda draw: draw.randrange(6),
    "max_user_messages": lambda draw: draw.randrange(6),
    "min_fallbacks": lambda draw: draw.randrange(5),
    "confidence_below": lambda draw: draw.choice((0.3, 0.6, 0.95)),
    "intent": lambda draw: draw.choice((*INTENTS, "nothing_of_this")),
    "tag": lambda draw: draw.choice((*TAGS, "none")),
    "reviewed": lambda draw: draw.random() < 0.5,
    "flagged": lambda draw: draw.random() < 0.5,
    "corrected": lambda draw: draw.random() < 0.5,
    "active_from": lambda draw: float(draw.randrange(1000, 1020)),
    "active_until": lambda draw: float(draw.randrange(1000, 1020)),
    "figure": lambda draw: draw.choice(sorted(_COUNTED)),
    "figure_from": lambda draw: float(draw.randrange(1000)),
    "figure_until": lambda draw: float(draw.randrange(1000)),
}
EVERY_FIELD = tuple(_CHOICES)
