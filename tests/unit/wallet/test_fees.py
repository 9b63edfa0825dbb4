"""Fees: a rate with a minimum, on what the free quota leaves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wallet.contract.money import Money
from wallet.contract.payloads import FeeKind
from wallet.domain.fees import Charge, FeeRule, charge, free_remaining


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def rule(rate: str, minimum: int = 0, free_quota: int | None = None) -> FeeRule:
    quota = None if free_quota is None else cny(free_quota)
    return FeeRule(FeeKind.TOPUP, "bank_card_credit", Decimal(rate), cny(minimum), quota, None)


@pytest.mark.parametrize(
    ("amount", "fee"),
    [(100_00, 60), (1_00, 10), (16_66, 10), (16_67, 10), (17_50, 11), (1_000_00, 600)],
)
def test_a_rate_is_rounded_half_up_and_never_below_the_minimum(amount: int, fee: int) -> None:
    assert charge(rule("0.006", minimum=10), cny(amount), None) == Charge(cny(fee), None)


def test_what_the_quota_covers_is_free() -> None:
    assert charge(rule("0.006", 10, 100_000), cny(300_00), cny(1_000_00)) == Charge(cny(0), cny(300_00))


def test_only_the_part_above_the_quota_is_charged() -> None:
    assert charge(rule("0.006", 10, 100_000), cny(500_00), cny(300_00)) == Charge(cny(120), cny(300_00))


def test_a_quota_used_up_covers_nothing() -> None:
    assert charge(rule("0.006", 10, 100_000), cny(100_00), cny(0)) == Charge(cny(60), cny(0))


def test_a_minimum_without_a_rate_is_a_flat_fee() -> None:
    assert charge(rule("0", minimum=100), cny(500_00), None) == Charge(cny(100), None)


def test_without_rate_and_minimum_it_is_free() -> None:
    assert charge(rule("0"), cny(500_00), None) == Charge(cny(0), None)


def test_the_quota_left_is_never_below_zero() -> None:
    assert free_remaining(rule("0.006", 10, 100_000), cny(1_300_00)) == cny(0)
    assert free_remaining(rule("0.006", 10, 100_000), cny(300_00)) == cny(700_00)
    assert free_remaining(rule("0.006"), cny(300_00)) is None
