"""Every finding each topic can come to, made by running its diagnosis over a table of accounts."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

from actions.diagnosis.finding import Finding
from actions.diagnosis.login import diagnose_login
from actions.diagnosis.payment import PaymentFacts, diagnose_payments
from actions.diagnosis.topup import TopupFacts, diagnose_topups
from actions.diagnosis.transfer import transfer_finding
from tests.fakes.accounts import (
    NOW,
    ago,
    attempt,
    channel,
    incident,
    limits,
    login_state,
    payment,
    topup,
    transfer,
    unknown,
    withdrawal,
    yuan,
)
from wallet.contract.causes import Cause
from wallet.contract.payloads import AccountStatus, CardKind, MovementStatus

OF_TOPUPS = (Cause.CHANNEL_UNSUPPORTED, Cause.CHANNEL_DOWN, Cause.BELOW_MINIMUM, Cause.ABOVE_MAXIMUM)
OF_CARDS = (Cause.INSUFFICIENT_FUNDS, Cause.CARD_EXPIRED, Cause.CARD_DETAILS_OUTDATED, Cause.CARD_FROZEN)
SETTLED = [cause for cause in Cause if cause is not Cause.RESULT_UNKNOWN]


def payment_findings() -> list[Finding]:
    """Every cause, by card and from the balance where it can be, with limits that can be raised and that cannot."""
    at_maximum = limits(per_payment=yuan("20000"), per_day=yuan("50000"))
    found: list[Finding] = diagnose_payments(PaymentFacts([unknown()], limits()))
    refunded = payment(status=MovementStatus.REFUNDED, cause=None)
    found += diagnose_payments(PaymentFacts([refunded], limits()), named=refunded.id)
    for cause, met in product(SETTLED, (limits(), at_maximum)):
        if cause in OF_TOPUPS:
            continue
        made = (
            [payment(cause=cause)]
            if cause in OF_CARDS
            else [payment(cause=cause), payment("pay_2", cause=cause, card=None)]
        )
        found += diagnose_payments(PaymentFacts(made, met))
    return found


def topup_findings() -> list[Finding]:
    """Every cause, with the channel open, closed and under incidents, with another one to use and without."""
    other = channel("apple_pay", card_kinds=[CardKind.DEBIT])
    states = [channel(), channel(enabled=False), channel(incident=incident()), channel(incident=incident(None))]
    due = NOW + timedelta(hours=1)
    found: list[Finding] = []
    for state, others in product(states, ([], [other])):
        facts = [*others, state]
        for cause in SETTLED:
            found += diagnose_topups(TopupFacts([topup(cause=cause)], facts))
        waiting = topup(status=MovementStatus.UNKNOWN, cause=Cause.RESULT_UNKNOWN, result_expected_by=due)
        found += diagnose_topups(TopupFacts([waiting], facts))
        found += diagnose_topups(TopupFacts([], facts), channel="bank_card_debit")
    return found


def transfer_findings() -> list[Finding]:
    """Every cause of a transfer and of a withdrawal, with limits that can be raised and that cannot."""
    at_maximum = limits(per_payment=yuan("20000"), per_day=yuan("50000"))
    waiting = {"status": MovementStatus.UNKNOWN, "result_expected_by": NOW + timedelta(hours=1)}
    changes: list[dict[str, Any]] = [waiting, {"status": MovementStatus.REVERSED}]
    changes += [{"cause": cause, "amount": amount} for cause, amount in product(SETTLED, (yuan("5"), yuan("60000")))]
    return [
        transfer_finding(made(**change), met)
        for made, change, met in product((transfer, withdrawal), changes, (limits(), at_maximum))
    ]


def login_findings() -> list[Finding]:
    """Every state of an account, with somewhere to send a link and without."""
    states: list[dict[str, Any]] = [
        {"status": AccountStatus.FROZEN},
        {"status": AccountStatus.CLOSED},
        {"locked_until": NOW + timedelta(hours=1)},
        {},
    ]
    contacts: list[dict[str, Any]] = [{}, {"email_masked": None}]
    attempts = [[], *([attempt(ago(minutes=3), failure)] for failure in ("wrong_password", "wrong_code"))]
    return [
        finding
        for state, contact, tried in product(states, contacts, attempts)
        for finding in diagnose_login(login_state(*tried, **state, **contact), NOW)
    ]


FINDINGS = {
    "payment": payment_findings(),
    "topup": topup_findings(),
    "transfer": transfer_findings(),
    "login": login_findings(),
}
# One of each kind: what differs in no words, plan or kind of value says the same.
ALL_FINDINGS = list(
    {
        (topic, finding.told, finding.plan, bool(finding.subject), tuple(sorted(finding.values))): (topic, finding)
        for topic, findings in FINDINGS.items()
        for finding in findings
    }.values()
)
