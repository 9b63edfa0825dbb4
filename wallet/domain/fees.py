"""What a movement costs: a rate with a minimum on the part that no free quota covers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind, LocalizedText


@dataclass(frozen=True)
class FeeRule:
    """The price of one kind of movement through one channel. ``free_quota`` is per user and calendar month."""

    kind: FeeKind
    channel: str
    rate: Decimal
    minimum: Money
    free_quota: Money | None
    condition: LocalizedText | None


@dataclass(frozen=True)
class Charge:
    """What one amount costs, and the part of it that the free quota took (None without a quota)."""

    fee: Money
    covered: Money | None


def free_remaining(rule: FeeRule, used_this_month: Money) -> Money | None:
    """What is left of the free quota, never below zero; None without a quota."""
    if rule.free_quota is None:
        return None
    return max(rule.free_quota - used_this_month, Money(0, used_this_month.currency))


def charge(rule: FeeRule, amount: Money, remaining: Money | None) -> Charge:
    """The fee of an amount, given what is left of the free quota. Half a minor unit rounds up."""
    covered = None if remaining is None else min(amount, remaining)
    charged = amount if covered is None else amount - covered
    if charged.minor == 0:
        return Charge(Money(0, amount.currency), covered)
    exact = (Decimal(charged.minor) * rule.rate).to_integral_value(ROUND_HALF_UP)
    return Charge(max(Money(int(exact), amount.currency), rule.minimum), covered)
