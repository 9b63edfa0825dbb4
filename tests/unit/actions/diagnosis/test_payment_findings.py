"""Why payments failed: facts in, findings out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.diagnosis.limits import daily_limit_values
from actions.diagnosis.payment import PaymentFacts, diagnose_payments
from tests.fakes.accounts import BANK, NOW, ago, card, limits, paid, payment, unknown, yuan
from wallet.contract.causes import Cause
from wallet.contract.payloads import Limits, MovementStatus, Payment

PER_PAYMENT_AT_MAXIMUM = limits(per_payment=yuan("20000"))
PER_DAY_AT_MAXIMUM = limits(per_day=yuan("50000"))


def findings(*payments: Payment, named: str | None = None, limits: Limits = limits()) -> list[tuple[str | None, str]]:  # noqa: B008
    """Subject and plan of each finding; payments newest first."""
    found = diagnose_payments(PaymentFacts(list(payments), limits), yuan(named) if named else None)
    return [(finding.subject, finding.plan) for finding in found]


@pytest.mark.parametrize(
    ("cause", "told", "plan"),
    [
        (Cause.INSUFFICIENT_FUNDS, "insufficient_funds", "insufficient_funds"),
        (Cause.BALANCE_TOO_LOW, "balance_too_low", "balance_too_low"),
        (Cause.OVER_PAYMENT_LIMIT, "over_payment_limit", "over_payment_limit"),
        (Cause.OVER_DAILY_LIMIT, "over_daily_limit", "over_daily_limit"),
        (Cause.CARD_EXPIRED, "card_expired", "card_expired"),
        (Cause.CARD_DETAILS_OUTDATED, "card_details_outdated", "card_details_outdated"),
        (Cause.CARD_FROZEN, "card_frozen", "card_frozen"),
        (Cause.WRONG_PIN, "wrong_pin", "wrong_pin"),
        (Cause.PIN_TRIES_EXCEEDED, "pin_tries_exceeded", "pin_tries_exceeded"),
        (Cause.ISSUER_DECLINED, "issuer_declined", "issuer_declined"),
        (Cause.RISK_DECLINED, "issuer_declined", "issuer_declined"),
        (Cause.CARD_LOST, "issuer_declined", "issuer_declined"),
        (Cause.CARD_STOLEN, "issuer_declined", "issuer_declined"),
        (Cause.AUTHENTICATION_NEEDED, "authentication_needed", "authentication_needed"),
        (Cause.ACCOUNT_FROZEN, "account_frozen", "account_frozen"),
        (Cause.ACCOUNT_LOCKED, "account_was_locked", "account_was_locked"),
        (Cause.IDENTITY_INCOMPLETE, "identity_incomplete", "identity_incomplete"),
        (None, "issuer_declined", "issuer_declined"),
    ],
)
def test_each_cause_has_the_words_and_the_plan_that_may_be_told(cause: Cause | None, told: str, plan: str) -> None:
    (finding,) = diagnose_payments(PaymentFacts([payment(cause=cause)], limits()))

    assert (finding.told, finding.plan) == (told, plan)


@pytest.mark.parametrize("status", [MovementStatus.UNKNOWN, MovementStatus.PENDING])
@pytest.mark.parametrize("cause", [Cause.RESULT_UNKNOWN, Cause.INSUFFICIENT_FUNDS, None])
def test_a_payment_without_a_result_is_unknown_whatever_else_is_noted(
    status: MovementStatus, cause: Cause | None
) -> None:
    due = NOW + timedelta(hours=1)
    (finding,) = diagnose_payments(
        PaymentFacts([unknown(status=status, cause=cause, result_expected_by=due)], limits())
    )

    assert (finding.cause, finding.told, finding.plan) == ("result_unknown",) * 3
    assert finding.values["result_by"] == due


@pytest.mark.parametrize("status", [MovementStatus.SUCCEEDED, MovementStatus.REVERSED, MovementStatus.REFUNDED])
def test_a_settled_payment_is_no_finding(status: MovementStatus) -> None:
    assert findings(payment(status=status, cause=None)) == []


def test_a_refunded_payment_is_one_once_it_is_named_and_comes_after_what_failed() -> None:
    refunded = payment("pay_5", status=MovementStatus.REFUNDED, cause=None, created_at=ago(hours=1))

    assert findings(refunded, payment()) == [("pay_1", "issuer_declined")]
    assert findings(refunded, payment(), named="6000") == [("pay_1", "issuer_declined"), ("pay_5", "payment_refunded")]
    (found,) = diagnose_payments(PaymentFacts([refunded], limits()), named="pay_5")
    assert (found.told, found.plan) == ("payment_refunded", "payment_refunded")


def test_a_payment_that_went_through_later_is_no_finding_any_more() -> None:
    assert findings(paid(created_at=ago(hours=1)), payment()) == []


@pytest.mark.parametrize(
    "other",
    [
        paid(created_at=ago(hours=1), amount=yuan("6000.01")),
        paid(created_at=ago(hours=1), merchant="另一家"),
        paid(created_at=ago(hours=3)),
    ],
    ids=["other amount", "other merchant", "earlier"],
)
def test_another_payment_does_not_make_it_good(other: Payment) -> None:
    assert findings(*sorted([other, payment()], key=lambda one: one.created_at, reverse=True)) == [
        ("pay_1", "issuer_declined")
    ]


def test_an_unknown_result_is_not_made_good_by_another_payment_of_the_same_kind() -> None:
    assert findings(paid(created_at=ago(hours=1)), unknown()) == [("pay_1", "result_unknown")]


def test_the_newest_comes_first_and_three_are_enough() -> None:
    payments = [payment(f"pay_{hours}", created_at=ago(hours=hours)) for hours in (1, 2, 3, 4)]

    assert [subject for subject, _ in findings(*payments)] == ["pay_1", "pay_2", "pay_3"]


def test_the_named_amount_comes_first_even_when_it_is_the_oldest() -> None:
    payments = [payment(f"pay_{hours}", created_at=ago(hours=hours)) for hours in (1, 2, 3)]
    named = payment("pay_88", amount=yuan("88"), created_at=ago(days=2))

    assert [subject for subject, _ in findings(*payments, named, named="88")] == ["pay_88", "pay_1", "pay_2"]


def test_the_payment_whose_id_was_named_comes_before_all_also_if_it_went_through_later() -> None:
    named = payment("pay_9", amount=yuan("5"), created_at=ago(days=3))
    made_good = paid("pay_8", amount=yuan("5"), created_at=ago(days=2))
    facts = PaymentFacts([payment("pay_1", amount=yuan("88")), made_good, named], limits())

    assert [finding.subject for finding in diagnose_payments(facts, yuan("88"), "pay_9")] == ["pay_9", "pay_1"]
    assert [finding.subject for finding in diagnose_payments(facts, yuan("88"), "pay_7")] == ["pay_1"]


def test_an_amount_that_no_payment_has_changes_nothing() -> None:
    assert findings(payment(), named="77") == [("pay_1", "issuer_declined")]


@pytest.mark.parametrize(
    ("cause", "met", "plan"),
    [
        (Cause.OVER_DAILY_LIMIT, PER_DAY_AT_MAXIMUM, "over_daily_limit_at_maximum"),
        (Cause.OVER_DAILY_LIMIT, PER_PAYMENT_AT_MAXIMUM, "over_daily_limit"),
        (Cause.OVER_PAYMENT_LIMIT, PER_PAYMENT_AT_MAXIMUM, "over_payment_limit_at_maximum"),
        (Cause.OVER_PAYMENT_LIMIT, PER_DAY_AT_MAXIMUM, "over_payment_limit"),
    ],
)
def test_a_limit_at_its_maximum_is_not_to_be_raised(cause: Cause, met: Limits, plan: str) -> None:
    assert findings(payment(cause=cause, amount=yuan("60000")), limits=met) == [("pay_1", plan)]


@pytest.mark.parametrize(
    "explained_no_more",
    [
        payment(cause=Cause.OVER_DAILY_LIMIT, created_at=ago(days=1)),
        payment(cause=Cause.OVER_DAILY_LIMIT, amount=yuan("100")),
        payment(cause=Cause.OVER_PAYMENT_LIMIT, amount=yuan("100")),
    ],
    ids=["reset since", "within the day's limit", "within the limit of a payment"],
)
def test_limits_that_do_not_explain_a_decline_are_not_blamed_for_it(explained_no_more: Payment) -> None:
    (found,) = diagnose_payments(PaymentFacts([explained_no_more], limits()))

    assert (found.told, found.plan) == ("over_limit_then", "over_limit_then")


def test_a_payment_above_the_daily_limit_tells_limit_use_rest_and_reset() -> None:
    (finding,) = diagnose_payments(PaymentFacts([payment(cause=Cause.OVER_DAILY_LIMIT)], limits()))
    told = {name: finding.values[name] for name in ("limit", "used", "left", "maximum", "resets_at")}

    assert told == {
        "limit": yuan("10000"),
        "used": yuan("9800"),
        "left": yuan("200"),
        "maximum": yuan("50000"),
        "resets_at": NOW + timedelta(hours=13),
    }


def test_nothing_is_left_of_a_limit_that_was_lowered_below_its_use() -> None:
    assert daily_limit_values(limits(per_day=yuan("5000")))["left"] == yuan("0")


def test_a_payment_by_card_names_the_card_and_one_from_the_balance_does_not() -> None:
    by_card, from_balance = diagnose_payments(PaymentFacts([payment(), payment("pay_2", card=None)], limits()))

    assert (by_card.values["bank"], by_card.values["last_four"]) == (BANK, card().last_four)
    assert {"bank", "last_four", "expires"}.isdisjoint(from_balance.values)
