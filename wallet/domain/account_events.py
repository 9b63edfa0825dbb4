"""What was done to an account's protection, or tried in vain, by whom and why: kept for good."""

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
    """What was done, or refused."""

    TWO_FACTOR_ON = "two_factor_on"
    TWO_FACTOR_OFF = "two_factor_off"
    DEVICE_ENDED = "device_ended"
    FROZEN = "account_frozen"
    UNFROZEN = "account_unfrozen"
    LEVEL_CHANGED = "identity_level"
    IDENTITY_REFUSED = "identity_refused"
    CARD_REFUSED = "card_refused"


# How often a day the outside is asked in vain for one account: enough for who mistypes, too little for who guesses.
REFUSALS_A_DAY = 5


@dataclass(frozen=True)
class AccountEvent:
    """One change of an account's protection."""

    user_id: str
    deed: Deed
    by: Actor
    reason: str | None
    at: datetime
