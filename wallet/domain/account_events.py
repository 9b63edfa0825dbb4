"""What was done to an account's protection, by whom and why: kept for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Actor(str, Enum):
    """Who did it."""

    USER = "user"
    SUPPORT = "support"
    OPERATOR = "operator"


class Deed(str, Enum):
    """What was done."""

    TWO_FACTOR_ON = "two_factor_on"
    TWO_FACTOR_OFF = "two_factor_off"
    DEVICE_ENDED = "device_ended"
    FROZEN = "account_frozen"
    UNFROZEN = "account_unfrozen"
    LEVEL_CHANGED = "identity_level"


@dataclass(frozen=True)
class AccountEvent:
    """One change of an account's protection."""

    user_id: str
    deed: Deed
    by: Actor
    reason: str | None
    at: datetime
