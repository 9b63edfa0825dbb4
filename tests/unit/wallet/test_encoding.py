"""Payloads survive the way to JSON and back; anything else is refused."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from wallet.contract.causes import Cause
from wallet.contract.encoding import EncodingError, from_json, to_json
from wallet.contract.money import Money
from wallet.contract.payloads import Card, CardKind, CardState, Limits, LocalizedText, MovementStatus, Payment
from wallet.contract.refunds import Refund, RefundReason, RefundRejection, RefundStatus
from wallet.contract.transfers import Transfer, TransferKind

CARD = Card("card_1", LocalizedText("银行", "Bank"), "0304", CardKind.DEBIT, CardState.ACTIVE, date(2029, 5, 31))
PAYMENT = Payment(
    id="pay_1",
    amount=Money(12850, "CNY"),
    merchant="蓝山咖啡",
    card=CARD,
    status=MovementStatus.DECLINED,
    cause=Cause.CARD_EXPIRED,
    device="手机",
    created_at=datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc),
    result_expected_by=None,
)
TRANSFER = Transfer(
    id="trf_1",
    kind=TransferKind.WALLET,
    amount=Money(20000, "CNY"),
    fee=Money(0, "CNY"),
    recipient_masked="139****0002",
    card=None,
    status=MovementStatus.DECLINED,
    cause=Cause.RECIPIENT_NOT_FOUND,
    created_at=datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc),
    result_expected_by=None,
)
REFUND = Refund(
    id="ref_1",
    payment_id="pay_1",
    merchant="蓝山咖啡",
    amount=Money(12850, "CNY"),
    status=RefundStatus.REJECTED,
    reason=RefundReason.FAULTY.value,
    rejection=RefundRejection.TOO_LATE.value,
    requested_at=datetime(2026, 3, 10, 3, 50, tzinfo=timezone.utc),
    decided_at=datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc),
    expected_by=None,
    card=CARD,
)


def payment_with(**changes: Any) -> dict[str, Any]:
    return {**to_json(PAYMENT), **changes}


@pytest.mark.parametrize("payload", [PAYMENT, TRANSFER, REFUND], ids=lambda payload: type(payload).__name__)
def test_a_payload_comes_back_as_it_was(payload: Payment | Transfer | Refund) -> None:
    assert from_json(type(payload), json.loads(json.dumps(to_json(payload)))) == payload


def test_times_are_utc_on_the_wire() -> None:
    noon_in_shanghai = datetime(2026, 3, 12, 12, tzinfo=timezone(timedelta(hours=8)))
    assert to_json(noon_in_shanghai) == "2026-03-12T04:00:00Z"


def test_a_time_without_a_zone_is_refused_both_ways() -> None:
    with pytest.raises(EncodingError):
        to_json(datetime(2026, 3, 12))  # noqa: DTZ001 - that it is refused is the point
    with pytest.raises(EncodingError):
        from_json(Payment, payment_with(created_at="2026-03-12T04:00:00"))


@pytest.mark.parametrize("fraction", [".5", ".50", ".500", ".5000", ".500000", ".500000000"])
@pytest.mark.parametrize("zone", ["Z", "z", "+00:00", "+08:00"])
def test_a_time_may_have_any_number_of_digits_behind_its_seconds(fraction: str, zone: str) -> None:
    hour = "12" if zone == "+08:00" else "04"
    read = from_json(Payment, payment_with(created_at=f"2026-03-12T{hour}:00:01{fraction}{zone}"))
    assert read.created_at == datetime(2026, 3, 12, 4, 0, 1, 500_000, tzinfo=timezone.utc)


def test_floats_are_refused_both_ways() -> None:
    with pytest.raises(EncodingError):
        to_json({"minor": 1.5}["minor"])
    with pytest.raises(EncodingError):
        from_json(Payment, payment_with(amount={"minor": 1.0, "currency": "CNY"}))


def test_unknown_keys_are_ignored_so_that_a_wallet_may_say_more() -> None:
    assert from_json(Payment, payment_with(colour="blue")) == PAYMENT


@pytest.mark.parametrize("key", ["amount", "status", "card", "result_expected_by"])
def test_a_missing_key_is_refused(key: str) -> None:
    incomplete = payment_with()
    del incomplete[key]
    with pytest.raises(EncodingError):
        from_json(Payment, incomplete)


@pytest.mark.parametrize(
    "change", [{"status": "vanished"}, {"cause": "bad_luck"}, {"id": 7}, {"card": "card_1"}, {"created_at": None}]
)
def test_a_value_of_another_kind_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(EncodingError):
        from_json(Payment, payment_with(**change))


def test_another_payload_is_refused() -> None:
    with pytest.raises(EncodingError):
        from_json(Limits, to_json(PAYMENT))
