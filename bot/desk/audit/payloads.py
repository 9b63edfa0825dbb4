"""What the audit knows of a deed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Action(str, Enum):
    """What somebody did."""

    SIGN_IN = "sign_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_OUT = "sign_out"
    READ_CONVERSATION = "read_conversation"
    REVEAL = "reveal"
    CLAIM = "claim"
    WRITE = "write"
    HOLD = "hold"
    RESUME = "resume"
    RETURN = "return"
    RESOLVE = "resolve"
    DEFER = "defer"
    TRANSFER = "transfer"
    NOTE = "note"
    TAGS = "tags"
    CASE_CHANGE = "case_change"
    REVIEW = "review"
    REVIEW_TAKEN_BACK = "review_taken_back"
    READ_UNKNOWN = "read_unknown"
    READ_FEEDBACK = "read_feedback"
    EXPORT = "export"
    CORRECT = "correct"
    UNCORRECT = "uncorrect"
    EXPORT_REVIEW_SET = "export_review_set"
    AGENT_ADDED = "agent_added"
    AGENT_DISABLED = "agent_disabled"
    AGENT_ENABLED = "agent_enabled"
    NAME_CHANGED = "name_changed"
    ROLE_CHANGED = "role_changed"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - the name of a deed
    FORGET = "forget"
    RETENTION = "retention"


@dataclass(frozen=True)
class Entry:
    """One row: who did what, when, to what, from where. Nobody is named where the command line was used."""

    id: int
    at: datetime
    agent_id: int | None
    agent_name: str | None
    action: Action
    subject: str | None
    detail: str | None
    address: str | None


@dataclass(frozen=True)
class EntryFilter:
    """Which rows are wanted; None means all."""

    agent_id: int | None = None
    action: Action | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class EntryPage:
    """A piece of the list, newest first; `next` is the cursor of the piece after it."""

    items: tuple[Entry, ...]
    next: int | None
