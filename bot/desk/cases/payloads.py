"""A case: what has become of a hand-off that could not be served at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class State(str, Enum):
    """How far the answer to a case has come."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Case:
    """A case; a lower `priority` is answered first, and `why` says why nobody served it at once."""

    state: State
    owner: str | None
    priority: int
    why: str | None
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    resolved_at: datetime | None


@dataclass(frozen=True)
class CaseChange:
    """What to change of a case; what is None stays as it is, `release` takes the owner away."""

    state: State | None = None
    owner: str | None = None
    release: bool = False
    note: str | None = None


@dataclass(frozen=True)
class CaseFilter:
    """Which cases to list; what is None does not matter. `agent_id` asks for those an agent owns."""

    user_id: str | None = None
    conversation_id: str | None = None
    state: State | None = None
    agent_id: int | None = None
    is_open: bool | None = None
