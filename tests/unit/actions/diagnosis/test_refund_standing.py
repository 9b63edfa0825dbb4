"""How a refund stands, and which of several is meant."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from actions.diagnosis.refund import refunds_meant, rejection_word, standing
from tests.fakes.accounts import NOW, refund, yuan
from wallet.contract.refunds import RefundRejection, RefundStatus

BOOKS = refund("ref_1", payment_id="pay_1")
SHOES = refund("ref_2", payment_id="pay_2", merchant="Northwind Shoes", amount=yuan("300"))
TEA = refund("ref_3", payment_id="pay_3", merchant="山间茶铺", amount=yuan("300"))


@pytest.mark.parametrize(
    ("named", "amount", "text", "meant"),
    [
        (None, None, "我的退款呢", [BOOKS, SHOES, TEA]),
        ("ref_2", None, "", [SHOES]),
        ("pay_3", None, "", [TEA]),
        ("pay_77", None, "", []),
        ("pay_77", "300", "退 300", []),
        (None, "300", "", [SHOES, TEA]),
        (None, "300", "山间茶铺那笔 300 的退款", [TEA]),
        (None, None, "refund from northwind shoes", [SHOES]),
        (None, "7", "退款", []),
        (None, "300", "云杉书店的退款 300", [SHOES, TEA]),
    ],
)
def test_what_is_named_narrows_the_choice(named: str | None, amount: str | None, text: str, meant: list[Any]) -> None:
    assert refunds_meant([BOOKS, SHOES, TEA], named, yuan(amount) if amount else None, text) == meant


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "requested"),
        ({"expected_by": NOW}, "requested_late"),
        ({"expected_by": None}, "open"),
        ({"status": RefundStatus.APPROVED}, "approved"),
        ({"status": RefundStatus.APPROVED, "expected_by": NOW - timedelta(days=1)}, "approved_late"),
        ({"status": RefundStatus.REJECTED, "expected_by": None}, "rejected"),
        ({"status": RefundStatus.SUCCEEDED, "expected_by": NOW - timedelta(days=1)}, "succeeded"),
    ],
)
def test_its_status_and_its_term_give_the_words(changes: dict[str, Any], words: str) -> None:
    assert standing(refund(**changes), NOW) == words


@pytest.mark.parametrize("known", [each.value for each in RefundRejection])
def test_a_known_rejection_is_told_as_it_is(known: str) -> None:
    assert rejection_word(refund(rejection=known)) == f"refund_rejected_{known}"


@pytest.mark.parametrize("unknown", ["of_a_wallet_of_its_own", None])
def test_another_rejection_is_one_without_a_reason(unknown: str | None) -> None:
    assert rejection_word(refund(rejection=unknown)) == "refund_rejected_other"
