"""What a withdrawal books on its way: held, gone or given back, and nothing twice."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from wallet.contract.causes import Cause
from wallet.contract.money import Money
from wallet.contract.payloads import CardKind, MovementStatus
from wallet.domain.currency import yuan
from wallet.domain.movements import APPROVED
from wallet.domain.withdrawals import Withdrawal, WithdrawalChannel, refusal_by_withdrawal_channel

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
ASKED = Withdrawal(
    id="wdr_1",
    user_id="chen",
    amount=yuan(100),
    fee=yuan(1),
    card_id="card_1",
    status=MovementStatus.PENDING,
    cause=None,
    issuer_code=None,
    created_at=NOW,
    result_expected_by=None,
    channel="bank_card",
)
CHANNEL = WithdrawalChannel("bank_card", yuan(10), yuan(1_000), None)


def booked(withdrawal: Withdrawal) -> dict[str, int] | None:
    entry = withdrawal.entry("jrn_1", NOW)
    return None if entry is None else {each.account_id: each.amount.minor for each in entry.postings}


def test_amount_and_fee_are_held_before_the_bank_is_asked() -> None:
    assert booked(ASKED.pending()) == {"user:chen": -10100, "house:withdrawals": 10100}


def test_once_paid_out_the_amount_is_the_banks_and_the_fee_the_houses() -> None:
    assert booked(ASKED.answered(APPROVED)) == {
        "house:withdrawals": -10100,
        "house:clearing": 10000,
        "house:fees": 100,
    }


def test_what_the_bank_declines_goes_back_whole() -> None:
    assert booked(ASKED.answered("05")) == {"house:withdrawals": -10100, "user:chen": 10100}


def test_what_the_bank_does_not_know_stays_held() -> None:
    assert booked(ASKED.answered("68")) is None


def test_what_the_wallet_refused_was_never_held() -> None:
    assert booked(ASKED.declined(Cause.BALANCE_TOO_LOW)) is None


@pytest.mark.parametrize(
    ("amount", "kind", "cause"),
    [
        (yuan(10), CardKind.DEBIT, None),
        (yuan(1_000), CardKind.DEBIT, None),
        (Money(999, "CNY"), CardKind.DEBIT, Cause.BELOW_MINIMUM),
        (Money(100_001, "CNY"), CardKind.DEBIT, Cause.ABOVE_MAXIMUM),
        (yuan(10), CardKind.CREDIT, Cause.CHANNEL_UNSUPPORTED),
    ],
)
def test_a_channel_takes_amounts_within_its_bounds_to_debit_cards(
    amount: Money, kind: CardKind, cause: Cause | None
) -> None:
    assert refusal_by_withdrawal_channel(CHANNEL, amount, kind) is cause
