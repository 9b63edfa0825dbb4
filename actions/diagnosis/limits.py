"""Limits as what stopped a movement: their figures, whether they would stop it now, whether they can be raised."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import Limits

OF_LIMITS = (Cause.OVER_PAYMENT_LIMIT, Cause.OVER_DAILY_LIMIT)

_DAY = timedelta(days=1)


def limit_values(cause: Cause, limits: Limits) -> dict[str, Any]:
    """What the words about a limit need; nothing for another cause."""
    if cause is Cause.OVER_DAILY_LIMIT:
        return daily_limit_values(limits)
    if cause is Cause.OVER_PAYMENT_LIMIT:
        return {"limit": limits.per_payment, "maximum": limits.per_payment_maximum}
    return {}


def is_over_now(cause: Cause, amount: Money, created_at: datetime, limits: Limits) -> bool:
    """Whether the wallet's limits of now explain it: not once raised or reset, nor if it was the bank's limit."""
    if cause is Cause.OVER_PAYMENT_LIMIT:
        return amount > limits.per_payment
    if amount > limits.per_day:
        return True
    is_of_today = created_at >= limits.resets_at - _DAY
    return is_of_today and amount + limits.used_today > limits.per_day


def can_raise(cause: Cause, limits: Limits) -> bool:
    """Whether the user can raise that limit himself."""
    if cause is Cause.OVER_PAYMENT_LIMIT:
        return limits.per_payment < limits.per_payment_maximum
    return limits.per_day < limits.per_day_maximum


def daily_limit_values(limits: Limits) -> dict[str, Any]:
    """The day's limit, what is used and left of it, how far it can be raised, and when it starts anew."""
    left = max(limits.per_day.minor - limits.used_today.minor, 0)
    return {
        "limit": limits.per_day,
        "used": limits.used_today,
        "left": Money(left, limits.per_day.currency),
        "maximum": limits.per_day_maximum,
        "resets_at": limits.resets_at,
    }
