"""How much a user may spend: per payment and per day, by identity level and by his own choice."""

from __future__ import annotations

from dataclasses import dataclass

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.domain.currency import ZERO, yuan
from wallet.domain.errors import InvalidRequestError, LimitAboveLevelError


@dataclass(frozen=True)
class SpendingLimits:
    """The most of one payment and of one day."""

    per_payment: Money
    per_day: Money


@dataclass(frozen=True)
class ChosenLimits:
    """What a user set himself; None where he left it to his level."""

    per_payment: Money | None = None
    per_day: Money | None = None


LEVEL_MAXIMA = {
    1: SpendingLimits(yuan(1_000), yuan(2_000)),
    2: SpendingLimits(yuan(5_000), yuan(10_000)),
    3: SpendingLimits(yuan(20_000), yuan(50_000)),
}


def limits_in_force(identity_level: int, chosen: ChosenLimits) -> SpendingLimits:
    """The user's own choice as far as his level goes."""
    maxima = LEVEL_MAXIMA[identity_level]
    return SpendingLimits(
        min(chosen.per_payment or maxima.per_payment, maxima.per_payment),
        min(chosen.per_day or maxima.per_day, maxima.per_day),
    )


def check_choice(identity_level: int, chosen: ChosenLimits) -> None:
    """Raise unless a choice is above nothing and within the level."""
    maxima = LEVEL_MAXIMA[identity_level]
    for name, limit, maximum in (
        ("per_payment", chosen.per_payment, maxima.per_payment),
        ("per_day", chosen.per_day, maxima.per_day),
    ):
        if limit is None:
            continue
        if limit <= ZERO:
            raise InvalidRequestError("a limit is above zero", field=name)
        if limit > maximum:
            raise LimitAboveLevelError(field=name, maximum_minor=maximum.minor, currency=maximum.currency)


def needs_password(identity_level: int, before: ChosenLimits, choice: ChosenLimits) -> bool:
    """Whether a choice raises a limit above half of what the level allows.

    Whoever finds a phone unlocked gets so far and no further. Up to the half, which at level 2 is 5,000 yuan a day,
    being signed in is enough: it is what people raise on the way to a payment. Lowering never needs more.
    """
    maxima, present = LEVEL_MAXIMA[identity_level], limits_in_force(identity_level, before)
    return _goes_far(choice.per_payment, present.per_payment, maxima.per_payment) or _goes_far(
        choice.per_day, present.per_day, maxima.per_day
    )


def limits_after_rising(level: int, before: ChosenLimits, new_level: int) -> ChosenLimits:
    """What somebody who rises is given without his password: no more than he could take himself, see above."""
    present, maxima = limits_in_force(level, before), LEVEL_MAXIMA[new_level]
    return ChosenLimits(
        _as_far(before.per_payment, present.per_payment, maxima.per_payment),
        _as_far(before.per_day, present.per_day, maxima.per_day),
    )


def _as_far(chosen: Money | None, present: Money, maximum: Money) -> Money:
    half = Money(maximum.minor // 2, maximum.currency)
    return min(chosen or maximum, max(present, half))


def _goes_far(chosen: Money | None, present: Money, maximum: Money) -> bool:
    return chosen is not None and chosen > present and chosen + chosen > maximum


def refusal_by_limits(amount: Money, limits: SpendingLimits, used_today: Money) -> Cause | None:
    """Why a payment is too much, None if it is not."""
    if amount > limits.per_payment:
        return Cause.OVER_PAYMENT_LIMIT
    if used_today + amount > limits.per_day:
        return Cause.OVER_DAILY_LIMIT
    return None
