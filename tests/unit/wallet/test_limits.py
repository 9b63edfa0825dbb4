"""Limits: the user's own choice within his level, and what is too much."""

from __future__ import annotations

import pytest

from wallet.contract.causes import Cause
from wallet.domain.currency import ZERO, yuan
from wallet.domain.errors import InvalidRequestError, LimitAboveLevelError
from wallet.domain.limits import (
    ChosenLimits,
    SpendingLimits,
    check_choice,
    limits_in_force,
    needs_password,
    refusal_by_limits,
)


@pytest.mark.parametrize(
    ("level", "per_payment", "per_day"), [(1, 1_000, 2_000), (2, 5_000, 10_000), (3, 20_000, 50_000)]
)
def test_without_a_choice_the_level_decides(level: int, per_payment: int, per_day: int) -> None:
    assert limits_in_force(level, ChosenLimits()) == SpendingLimits(yuan(per_payment), yuan(per_day))


def test_a_choice_holds_for_the_limit_it_names() -> None:
    assert limits_in_force(2, ChosenLimits(per_day=yuan(300))) == SpendingLimits(yuan(5_000), yuan(300))


def test_a_choice_made_at_a_higher_level_is_cut_to_the_present_one() -> None:
    assert limits_in_force(1, ChosenLimits(yuan(5_000), yuan(10_000))) == SpendingLimits(yuan(1_000), yuan(2_000))


def test_a_limit_up_to_the_level_may_be_chosen() -> None:
    check_choice(2, ChosenLimits(yuan(5_000), yuan(10_000)))


def test_a_limit_above_the_level_is_refused_with_the_maximum() -> None:
    with pytest.raises(LimitAboveLevelError) as refused:
        check_choice(2, ChosenLimits(per_day=yuan(10_001)))
    assert refused.value.details == {"field": "per_day", "maximum_minor": 1_000_000, "currency": "CNY"}


def test_a_limit_of_nothing_is_refused() -> None:
    with pytest.raises(InvalidRequestError):
        check_choice(2, ChosenLimits(per_payment=ZERO))


@pytest.mark.parametrize(
    ("present", "chosen", "needed"),
    [
        (2_000, 5_000, False),
        (2_000, 5_001, True),
        (5_001, 5_002, True),
        (9_000, 9_000, False),
        (9_000, 8_000, False),
        (None, 10_000, False),
        (None, None, False),
    ],
)
def test_only_a_raise_above_half_of_the_level_takes_the_password(
    present: int | None, chosen: int | None, needed: bool
) -> None:
    before, choice = (ChosenLimits(per_day=yuan(limit) if limit else None) for limit in (present, chosen))
    assert needs_password(2, before, choice) is needed


def test_either_limit_may_be_the_one_that_is_raised_far() -> None:
    before = ChosenLimits(yuan(100), yuan(100))
    assert needs_password(2, before, ChosenLimits(yuan(2_501), yuan(200)))
    assert needs_password(2, before, ChosenLimits(yuan(200), yuan(5_001)))
    assert not needs_password(2, before, ChosenLimits(yuan(2_500), yuan(5_000)))


@pytest.mark.parametrize(
    ("amount", "used", "cause"),
    [
        (1_000, 0, None),
        (1_001, 0, Cause.OVER_PAYMENT_LIMIT),
        (500, 1_500, None),
        (501, 1_500, Cause.OVER_DAILY_LIMIT),
        (1_001, 2_000, Cause.OVER_PAYMENT_LIMIT),
    ],
)
def test_a_limit_is_reached_before_it_is_passed(amount: int, used: int, cause: Cause | None) -> None:
    limits = SpendingLimits(yuan(1_000), yuan(2_000))
    assert refusal_by_limits(yuan(amount), limits, yuan(used)) is cause
