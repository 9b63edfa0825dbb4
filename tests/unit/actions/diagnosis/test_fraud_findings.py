"""Which payments look as if somebody else made them."""

from __future__ import annotations

import pytest

from actions.diagnosis.fraud import suspicious_payments
from tests.fakes.accounts import ago, paid, payment, unknown, yuan
from wallet.contract.payloads import MovementStatus, Payment

USUAL = [paid(f"pay_usual_{hours}", created_at=ago(hours=hours)) for hours in (10, 11, 12, 13, 14)]


def suspects(*payments: Payment) -> list[str | None]:
    """Ids of the suspicious payments among the usual ones."""
    return [finding.subject for finding in suspicious_payments([*payments, *USUAL])]


@pytest.mark.parametrize("strange", [paid("pay_1", device="tablet"), unknown("pay_1", device="tablet")])
def test_money_that_moved_or_may_have_from_another_device_is_suspicious(strange: Payment) -> None:
    assert suspects(strange) == ["pay_1"]


@pytest.mark.parametrize(
    "harmless",
    [
        paid(),
        payment(device="tablet"),
        payment(device="tablet", status=MovementStatus.REVERSED),
        payment(device="tablet", status=MovementStatus.REFUNDED),
    ],
    ids=["usual device", "declined", "reversed", "refunded"],
)
def test_what_took_no_money_or_came_from_the_usual_device_is_not(harmless: Payment) -> None:
    assert suspects(harmless) == []


def test_three_are_enough_and_the_newest_come_first() -> None:
    strange = [paid(f"pay_{hours}", device="tablet", created_at=ago(hours=hours)) for hours in (1, 2, 3, 4)]

    assert suspects(*strange) == ["pay_1", "pay_2", "pay_3"]


def test_an_account_without_payments_has_no_suspicious_one() -> None:
    assert suspicious_payments([]) == []


def test_a_suspicious_payment_is_told_with_amount_merchant_and_time() -> None:
    (finding,) = suspicious_payments([paid(device="tablet", amount=yuan("99"), created_at=ago(hours=1)), *USUAL])

    assert finding.values == {"amount": yuan("99"), "merchant": "云杉书店", "at": ago(hours=1)}
