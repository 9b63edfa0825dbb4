"""The one table of causes: why a movement failed, what stands for it at the issuer, what the user may be told.

The codes are those of ISO 8583 field 39 as card networks and UnionPay use them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Cause(str, Enum):
    """Why a movement of money or a sign-in did not go through."""

    INSUFFICIENT_FUNDS = "insufficient_funds"
    BALANCE_TOO_LOW = "balance_too_low"
    OVER_PAYMENT_LIMIT = "over_payment_limit"
    OVER_DAILY_LIMIT = "over_daily_limit"
    CARD_EXPIRED = "card_expired"
    CARD_DETAILS_OUTDATED = "card_details_outdated"
    CARD_FROZEN = "card_frozen"
    WRONG_PIN = "wrong_pin"
    PIN_TRIES_EXCEEDED = "pin_tries_exceeded"
    CHANNEL_UNSUPPORTED = "channel_unsupported"
    CHANNEL_DOWN = "channel_down"
    BELOW_MINIMUM = "below_minimum"
    ABOVE_MAXIMUM = "above_maximum"
    ISSUER_DECLINED = "issuer_declined"
    RISK_DECLINED = "risk_declined"
    CARD_LOST = "card_lost"
    CARD_STOLEN = "card_stolen"
    AUTHENTICATION_NEEDED = "authentication_needed"
    RESULT_UNKNOWN = "result_unknown"
    RECIPIENT_NOT_FOUND = "recipient_not_found"
    RECIPIENT_NOT_ALLOWED = "recipient_not_allowed"
    ACCOUNT_FROZEN = "account_frozen"
    ACCOUNT_LOCKED = "account_locked"
    IDENTITY_INCOMPLETE = "identity_incomplete"


class Retry(str, Enum):
    """What the user may do about a failed movement."""

    AFTER_CHANGE = "after_change"
    LATER = "later"
    OTHER_CHANNEL = "other_channel"
    IN_APP = "in_app"
    NEVER = "never"
    QUERY_FIRST = "query_first"


@dataclass(frozen=True)
class CauseRule:
    """One row of the table: the issuer codes a cause stands for, whether the user may be told, how to go on."""

    cause: Cause
    issuer_codes: tuple[str, ...]
    may_be_told: bool
    retry: Retry


_RULES = (
    CauseRule(Cause.INSUFFICIENT_FUNDS, ("51",), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.BALANCE_TOO_LOW, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.OVER_PAYMENT_LIMIT, ("61",), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.OVER_DAILY_LIMIT, ("65",), True, Retry.LATER),
    CauseRule(Cause.CARD_EXPIRED, ("54",), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.CARD_DETAILS_OUTDATED, ("14",), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.CARD_FROZEN, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.WRONG_PIN, ("55",), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.PIN_TRIES_EXCEEDED, ("75",), True, Retry.NEVER),
    CauseRule(Cause.CHANNEL_UNSUPPORTED, (), True, Retry.OTHER_CHANNEL),
    CauseRule(Cause.CHANNEL_DOWN, (), True, Retry.LATER),
    CauseRule(Cause.BELOW_MINIMUM, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.ABOVE_MAXIMUM, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.ISSUER_DECLINED, ("01", "05", "57", "62"), True, Retry.NEVER),
    CauseRule(Cause.RISK_DECLINED, ("59", "63"), False, Retry.NEVER),
    CauseRule(Cause.CARD_LOST, ("41",), False, Retry.NEVER),
    CauseRule(Cause.CARD_STOLEN, ("04", "07", "43"), False, Retry.NEVER),
    CauseRule(Cause.AUTHENTICATION_NEEDED, ("1A",), True, Retry.IN_APP),
    CauseRule(Cause.RESULT_UNKNOWN, ("09", "68", "91", "96"), True, Retry.QUERY_FIRST),
    CauseRule(Cause.RECIPIENT_NOT_FOUND, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.RECIPIENT_NOT_ALLOWED, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.ACCOUNT_FROZEN, (), True, Retry.NEVER),
    CauseRule(Cause.ACCOUNT_LOCKED, (), True, Retry.AFTER_CHANGE),
    CauseRule(Cause.IDENTITY_INCOMPLETE, (), True, Retry.AFTER_CHANGE),
)

CAUSES: dict[Cause, CauseRule] = {rule.cause: rule for rule in _RULES}

_CAUSE_BY_ISSUER_CODE = {code: rule.cause for rule in _RULES for code in rule.issuer_codes}


def cause_of_issuer_code(code: str) -> Cause:
    """The cause an issuer's answer stands for. An unknown code is a decline without a reason, never a success."""
    return _CAUSE_BY_ISSUER_CODE.get(code, Cause.ISSUER_DECLINED)


def cause_to_tell(cause: Cause) -> Cause:
    """The cause whose words the user hears: what may not be told is told as a decline without a reason."""
    return cause if CAUSES[cause].may_be_told else Cause.ISSUER_DECLINED
