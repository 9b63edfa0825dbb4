"""What comes of a walkthrough, and what the wallet shows on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from actions.diagnosis.finding import Finding


class Outcome(str, Enum):
    """How a walkthrough ended."""

    SOLVED_BY_WALLET = "solved_by_wallet"
    SOLVED_BY_USER = "solved_by_user"
    WAITING = "waiting"
    EXHAUSTED = "exhausted"
    FOR_PEOPLE = "for_people"


@dataclass(frozen=True)
class Check:
    """What the wallet shows after a step: the thing worked, it failed anew, the fix is in place, or nothing happened.

    ``fixed`` names the words for a fix that shows before a new try; ``away``: the wallet did not answer.
    """

    seen: dict[str, Any] | None = None
    failed_again: Finding | None = None
    fixed: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    away: bool = False
