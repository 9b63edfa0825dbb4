"""One row of the table: what is told of a conversation, as the cells of a spreadsheet. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.web.filters import mask
from bot.desk.web.texts import Texts
from bot.store.conversations import Conversation

# In this order, each under the heading `export_<name>`.
COLUMNS = (
    *("id", "first", "last", "channel", "language", "verified", "user", "topic", "cause", "outcome", "episodes"),
    *("user_messages", "bot_messages", "person_messages", "fallbacks", "lowest_confidence", "last_intent"),
    *("handoff_number", "handoff_reason", "handoff_state", "seconds_to_person", "rating", "person_rating"),
    *("tags", "verdicts", "reviewed"),
)
# A spreadsheet takes what begins so for a formula; that of a Chinese one also where the sign is a wide one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_TEXT = "'"  # what a spreadsheet puts before a text that is not to be read as anything else
_BETWEEN = "; "


@dataclass(frozen=True)
class Asked:
    """A hand-off: how many seconds it took until a person answered, None where nobody has."""

    number: str | None
    reason: str | None
    seconds: int | None


@dataclass(frozen=True)
class Told:
    """Everything that a row tells of a conversation; ``asked`` is its newest hand-off."""

    conversation: Conversation
    episodes: int = 0
    last_intent: str | None = None
    asked: Asked | None = None
    tags: Sequence[str] = ()
    verdicts: Sequence[str] = ()


def cells_of(told: Told, zone: ZoneInfo, texts: Texts) -> list[str]:
    """The cells of a row; times are those of the zone."""
    one, asked = told.conversation, told.asked or Asked(None, None, None)
    values = (
        *(one.id, _moment(one.first_at, zone), _moment(one.last_at, zone), one.channel, one.language),
        *(_answer(one.user_id is not None, texts), mask(one.user_id), one.topic, one.cause, one.outcome),
        *(told.episodes, one.user_messages, one.bot_messages, one.person_messages, one.fallbacks),
        *(None if one.lowest_confidence is None else f"{one.lowest_confidence:.3f}", told.last_intent),
        *(asked.number, asked.reason, one.handoff_state, asked.seconds, one.rating, one.person_rating),
        *(_BETWEEN.join(told.tags), _BETWEEN.join(told.verdicts), _answer(bool(told.verdicts), texts)),
    )
    return [harmless(value) for value in values]


def harmless(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return _TEXT + text if text.startswith(_FORMULA) else text


def _moment(seconds: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(seconds, zone).strftime("%Y-%m-%d %H:%M:%S")


def _answer(holds: bool, texts: Texts) -> str:
    return str(texts.export_yes if holds else texts.export_no)
