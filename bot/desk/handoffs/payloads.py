"""A hand-off at the desk, what happened to it, and how it stands for the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.desk.cases.payloads import Case
from bot.desk.handoffs.packet import Packet
from bot.handoff.states import State

# A lower priority is served first.
FRAUD_PRIORITY, USUAL_PRIORITY = 0, 1


class Why(str, Enum):
    """Why a hand-off became a case."""

    CLOSED = "closed"
    NOBODY = "nobody"
    WAITED = "waited"


class EventKind(str, Enum):
    """What an entry in the history tells. Those that are not a change of the hand-off tell of its case or of work."""

    RECEIVED = "received"
    REQUEST = "request"
    QUEUE = "queue"
    DEFER = "defer"
    CANCEL = "cancel"
    CLAIM = "claim"
    ANSWER = "answer"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    REQUEUE = "requeue"
    RETURN = "return"
    RESOLVE = "resolve"
    STATE = "state"
    OWNER = "owner"
    NOTE = "note"
    TAGS = "tags"


@dataclass(frozen=True)
class AgentName:
    """An agent, and the name under which users know him."""

    id: int
    name: str


@dataclass(frozen=True)
class Handoff:
    """A hand-off and what has become of it.

    `agent` is who has it, who owns its case, or who had it last; `position` is its place in the queue, from 1, and
    `wait` the range of minutes until its turn, None while nobody can tell.
    """

    id: int
    packet: Packet
    state: State
    priority: int
    agent: AgentName | None
    queued_at: datetime | None
    claimed_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime | None
    updated_at: datetime
    position: int | None
    wait: tuple[int, int] | None
    tags: tuple[str, ...]
    case: Case | None


@dataclass(frozen=True)
class HandoffEvent:
    """One entry in the history of a hand-off: who did what, and when; `text` says what it became, or more of it."""

    at: datetime
    actor: str
    kind: EventKind
    before: str | None
    text: str | None


@dataclass(frozen=True)
class Standing:
    """How a hand-off stands, as the bot tells the user; `wait` is in minutes, None while nobody can tell."""

    number: str
    state: State
    position: int | None = None
    wait: tuple[int, int] | None = None
    agent: str | None = None
    due_at: datetime | None = None
    why: Why | None = None
    opens_at: datetime | None = None
