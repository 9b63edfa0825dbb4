"""A journal entry that would make or lose money cannot be made."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from wallet.contract.money import Money, MoneyError
from wallet.contract.payloads import MovementStatus
from wallet.domain.ledger import (
    CLEARING,
    FEES,
    MERCHANTS,
    JournalEntry,
    Posting,
    UnbalancedEntryError,
    account_of,
    postings,
)
from wallet.domain.payments import Payment
from wallet.domain.topups import Topup

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def payment(card_id: str | None, fee: int = 0) -> Payment:
    return Payment(
        id="pay_1",
        user_id="wu",
        amount=cny(1000),
        fee=cny(fee),
        card_id=card_id,
        status=MovementStatus.SUCCEEDED,
        cause=None,
        issuer_code=None,
        created_at=NOW,
        result_expected_by=None,
        merchant="蓝山咖啡",
        device="手机",
    )


def test_an_entry_that_does_not_sum_to_zero_is_refused() -> None:
    with pytest.raises(UnbalancedEntryError):
        JournalEntry("e", "payment", "p", postings(("user:wu", cny(-1000)), (MERCHANTS, cny(999))), NOW)


def test_an_entry_of_one_posting_is_refused() -> None:
    with pytest.raises(UnbalancedEntryError):
        JournalEntry("e", "payment", "p", (Posting("user:wu", cny(0)),), NOW)


def test_an_entry_of_two_currencies_is_refused() -> None:
    with pytest.raises(MoneyError):
        JournalEntry("e", "payment", "p", postings(("user:wu", cny(-5)), (MERCHANTS, Money(5, "USD"))), NOW)


def test_a_posting_of_nothing_is_left_out() -> None:
    assert postings(("user:wu", cny(-5)), (MERCHANTS, cny(5)), (FEES, cny(0))) == (
        Posting("user:wu", cny(-5)),
        Posting(MERCHANTS, cny(5)),
    )


def test_a_payment_from_the_balance_leaves_the_users_account() -> None:
    booked = payment(card_id=None, fee=30).booking("e", NOW).postings
    assert booked == postings((account_of("wu"), cny(-1030)), (MERCHANTS, cny(1000)), (FEES, cny(30)))


def test_a_payment_by_card_leaves_the_balance_alone() -> None:
    booked = payment(card_id="card_1").booking("e", NOW).postings
    assert booked == postings((CLEARING, cny(-1000)), (MERCHANTS, cny(1000)))


def test_a_topup_brings_the_amount_to_the_user_and_the_fee_to_the_house() -> None:
    topup = Topup(
        id="top_1",
        user_id="wu",
        amount=cny(5000),
        fee=cny(50),
        card_id="card_1",
        status=MovementStatus.SUCCEEDED,
        cause=None,
        issuer_code="00",
        created_at=NOW,
        result_expected_by=None,
        channel="apple_pay",
    )
    booked = topup.booking("e", NOW).postings
    assert booked == postings((CLEARING, cny(-5050)), (account_of("wu"), cny(5000)), (FEES, cny(50)))
