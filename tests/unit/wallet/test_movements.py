"""How the issuer's answer leaves a movement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import MovementStatus
from wallet.domain.payments import Payment

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
PENDING = Payment(
    id="pay_1",
    user_id="wu",
    amount=Money(1000, "CNY"),
    fee=Money(0, "CNY"),
    card_id="card_1",
    status=MovementStatus.PENDING,
    cause=None,
    issuer_code=None,
    created_at=NOW,
    result_expected_by=NOW + timedelta(hours=2),
    merchant="蓝山咖啡",
    device="手机",
)


def test_an_approved_order_has_succeeded() -> None:
    settled = PENDING.answered("00")
    assert (settled.status, settled.cause, settled.result_expected_by) == (MovementStatus.SUCCEEDED, None, None)


def test_a_declined_order_keeps_its_cause_and_the_code() -> None:
    settled = PENDING.answered("51")
    assert (settled.status, settled.cause) == (MovementStatus.DECLINED, Cause.INSUFFICIENT_FUNDS)
    assert (settled.issuer_code, settled.is_open) == ("51", False)


@pytest.mark.parametrize("code", ["09", "68", "91", "96"])
def test_an_order_without_a_result_is_unknown_for_two_hours(code: str) -> None:
    settled = PENDING.answered(code)
    assert (settled.status, settled.cause) == (MovementStatus.UNKNOWN, Cause.RESULT_UNKNOWN)
    assert settled.result_expected_by == NOW + timedelta(hours=2)


def test_an_unknown_movement_may_be_queried_at_once() -> None:
    assert PENDING.answered("68").may_be_queried(NOW)


def test_a_pending_movement_may_be_queried_only_when_its_time_is_up() -> None:
    assert not PENDING.may_be_queried(NOW + timedelta(minutes=119))
    assert PENDING.may_be_queried(NOW + timedelta(hours=2))


def test_a_settled_movement_is_not_queried() -> None:
    assert not PENDING.answered("00").may_be_queried(NOW + timedelta(days=1))


def test_the_fee_comes_on_top() -> None:
    assert replace(PENDING, fee=Money(60, "CNY")).total == Money(1060, "CNY")
