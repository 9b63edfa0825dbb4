"""What the desk is told of a hand-off and what it tells of a case."""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from bot.desk.clock import write_moment


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


class State(str, Enum):
    """How far the answer to a case has come."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"


class EventKind(str, Enum):
    """What an entry in the history of a case tells."""

    RECEIVED = "received"
    STATE = "state"
    OWNER = "owner"
    NOTE = "note"


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
    """Where the conversation can be read, and up to when it belongs to this case."""

    conversation_id: str
    until: datetime


@dataclass(frozen=True)
class Handoff:
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


@dataclass(frozen=True)
class Case:
    """A hand-off and what has become of it; a lower `priority` is answered first."""

    handoff: Handoff
    state: State
    owner: str | None
    priority: int
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True)
class CaseEvent:
    """One entry in the history of a case: who changed what, and when."""

    at: datetime
    actor: str
    kind: EventKind
    before: str | None
    after: str | None


@dataclass(frozen=True)
class CaseChange:
    """What to change of a case; what is None stays as it is, `release` takes the owner away."""

    state: State | None = None
    owner: str | None = None
    release: bool = False
    note: str | None = None


@dataclass(frozen=True)
class CaseFilter:
    """Which cases to list; what is None does not matter."""

    user_id: str | None = None
    conversation_id: str | None = None
    state: State | None = None


@dataclass(frozen=True)
class CasePage:
    """Some cases, newest first, and the cursor after which older ones follow."""

    items: tuple[Case, ...]
    next: str | None


def case_to_json(case: Case) -> dict[str, Any]:
    """Write a case as the API tells it: the hand-off and what has become of it, in one object."""
    fields: dict[str, Any] = to_json(case)
    handoff: dict[str, Any] = fields.pop("handoff")
    return {**handoff, **fields}


def page_to_json(page: CasePage) -> dict[str, Any]:
    """Write a page of cases as the API tells it."""
    return {"items": [case_to_json(case) for case in page.items], "next": page.next}


def to_json(value: Any) -> Any:
    """Write a payload, and whatever stands in it, as JSON has it."""
    if is_dataclass(value):
        return to_json(vars(value))
    if isinstance(value, dict):
        return {key: to_json(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(entry) for entry in value]
    if isinstance(value, datetime):
        return write_moment(value)
    return value.value if isinstance(value, Enum) else value
