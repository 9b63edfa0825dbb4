"""Why payments failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from actions.diagnosis.finding import Finding, finding_of_cause
from actions.diagnosis.movement import MOST_FINDINGS, UNSETTLED, troubled_movements
from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import Limits, Payment

_DAY = timedelta(days=1)
OVER_LIMIT_THEN = "over_limit_then"


@dataclass(frozen=True)
class PaymentFacts:
    """Payments newest first, and the limits they met."""

    payments: list[Payment]
    limits: Limits


def diagnose_payments(facts: PaymentFacts, amount: Money | None = None, named: str | None = None) -> list[Finding]:
    """Findings about failed or unsettled payments, the likeliest meant first; at most three.

    A failed payment that later went through (same merchant and amount) is no finding any more. A payment of the amount
    the user named comes before newer ones of another amount, the payment whose id was named before all.
    """
    troubled = troubled_movements(facts.payments, named)
    named_first = sorted(troubled, key=lambda payment: (payment.id != named, payment.amount != amount))
    return [payment_finding(payment, facts.limits) for payment in named_first[:MOST_FINDINGS]]


def payment_finding(payment: Payment, limits: Limits) -> Finding:
    """What to say and do about one troubled payment."""
    cause = Cause.RESULT_UNKNOWN if payment.status in UNSETTLED else payment.cause or Cause.ISSUER_DECLINED
    values: dict[str, Any] = {"amount": payment.amount, "merchant": payment.merchant, "at": payment.created_at}
    if payment.card:
        values |= {"bank": payment.card.bank, "last_four": payment.card.last_four, "expires": payment.card.expires}
    if payment.result_expected_by:
        values["result_by"] = payment.result_expected_by
    if cause is Cause.OVER_DAILY_LIMIT:
        values |= daily_limit_values(limits)
    if cause is Cause.OVER_PAYMENT_LIMIT:
        values |= {"limit": limits.per_payment, "maximum": limits.per_payment_maximum}
    finding = finding_of_cause(cause, payment.id, payment.created_at, values)
    if cause not in (Cause.OVER_DAILY_LIMIT, Cause.OVER_PAYMENT_LIMIT):
        return finding
    if not _is_over_now(payment, limits, cause):
        return replace(finding, told=OVER_LIMIT_THEN, plan=OVER_LIMIT_THEN)
    return finding if _can_raise(limits, cause) else replace(finding, plan=f"{cause.value}_at_maximum")


def _is_over_now(payment: Payment, limits: Limits, cause: Cause) -> bool:
    """Whether the wallet's limits of now explain it: not once raised or reset, nor if it was the bank's limit."""
    if cause is Cause.OVER_PAYMENT_LIMIT:
        return payment.amount > limits.per_payment
    is_of_today = payment.created_at >= limits.resets_at - _DAY
    return is_of_today and payment.amount + limits.used_today > limits.per_day


def _can_raise(limits: Limits, cause: Cause) -> bool:
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
