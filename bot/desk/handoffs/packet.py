"""What the bot hands over: who asks, why, what it found and tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any


class Language(str, Enum):
    """The language the user speaks."""

    CHINESE = "zh"
    ENGLISH = "en"


class Reason(str, Enum):
    """Why the bot handed over."""

    ASKED = "asked"
    EXHAUSTED = "exhausted"
    NOT_UNDERSTOOD = "not_understood"
    FRAUD = "fraud"
    FOR_PEOPLE = "for_people"
    BOT_FAILURE = "bot_failure"


@dataclass(frozen=True)
class Finding:
    """One cause the bot found in the wallet, with the values that show it."""

    cause: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One step the bot tried with the user, and how it ended."""

    step: str
    outcome: str
    at: datetime


@dataclass(frozen=True)
class Transcript:
    """Where the conversation can be read, and up to when it belongs to this hand-off."""

    conversation_id: str
    until: datetime


@dataclass(frozen=True)
class Packet:
    """What the bot hands over; a guest has no `user_id`, and `facts` of the wallet come masked."""

    number: str
    conversation_id: str
    channel: str
    language: Language
    user_id: str | None
    topic: str | None
    reason: Reason
    requested_at: datetime
    findings: tuple[Finding, ...]
    steps: tuple[Step, ...]
    facts: dict[str, Any]
    transcript: Transcript
    last_words: str

    @property
    def is_fraud(self) -> bool:
        """Whether money may be leaving the user's account while he waits."""
        return self.reason is Reason.FRAUD
