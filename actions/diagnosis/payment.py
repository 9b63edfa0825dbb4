"""Why payments failed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from actions.diagnosis.finding import Finding, finding_of_cause
from actions.diagnosis.limits import OF_LIMITS, can_raise, is_over_now, limit_values
from actions.diagnosis.movement import MOST_FINDINGS, UNSETTLED, troubled_movements
from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import Limits, MovementStatus, Payment

OVER_LIMIT_THEN = "over_limit_then"
REFUNDED = "payment_refunded"


@dataclass(frozen=True)
class PaymentFacts:
    """Payments newest first, and the limits they met."""

    payments: list[Payment]
    limits: Limits


def diagnose_payments(facts: PaymentFacts, amount: Money | None = None, named: str | None = None) -> list[Finding]:
    """Findings about failed or unsettled payments, the likeliest meant first; at most three.

    A failed payment that later went through (same merchant and amount) is no finding any more. A payment of the amount
    the user named comes before newer ones of another amount, the payment whose id was named before all. A payment
    that was refunded is one if its id or amount was named, after those of the amount that failed.
    """
    troubled = [*troubled_movements(facts.payments, named), *_refunded(facts.payments, amount, named)]
    named_first = sorted(troubled, key=lambda payment: (payment.id != named, payment.amount != amount))
    return [payment_finding(payment, facts.limits) for payment in named_first[:MOST_FINDINGS]]


def _refunded(payments: list[Payment], amount: Money | None, named: str | None) -> list[Payment]:
    refunded = [payment for payment in payments if payment.status is MovementStatus.REFUNDED]
    return [payment for payment in refunded if payment.id == named or payment.amount == amount]


def payment_finding(payment: Payment, limits: Limits) -> Finding:
    """What to say and do about one troubled payment, or one that was refunded."""
    cause = Cause.RESULT_UNKNOWN if payment.status in UNSETTLED else payment.cause or Cause.ISSUER_DECLINED
    values: dict[str, Any] = {"amount": payment.amount, "merchant": payment.merchant, "at": payment.created_at}
    if payment.card:
        values |= {"bank": payment.card.bank, "last_four": payment.card.last_four, "expires": payment.card.expires}
    if payment.status is MovementStatus.REFUNDED:
        return Finding(REFUNDED, REFUNDED, REFUNDED, payment.id, payment.created_at, values)
    if payment.result_expected_by:
        values["result_by"] = payment.result_expected_by
    finding = finding_of_cause(cause, payment.id, payment.created_at, values | limit_values(cause, limits))
    if cause not in OF_LIMITS:
        return finding
    if not is_over_now(cause, payment.amount, payment.created_at, limits):
        return replace(finding, told=OVER_LIMIT_THEN, plan=OVER_LIMIT_THEN)
    return finding if can_raise(cause, limits) else replace(finding, plan=f"{cause.value}_at_maximum")
