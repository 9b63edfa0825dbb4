"""Attempts are counted per account and per address, for a minute."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from wallet.api.throttling import Throttle
from wallet.domain.errors import TooManyRequestsError


class TurnableClock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


def throttle(clock: TurnableClock, per_address: int = 100, per_account: int = 100) -> Throttle:
    return Throttle(clock, per_address, per_account, per_user=2, per_service=3)


def test_one_account_is_tried_only_so_often_whatever_the_address() -> None:
    counts = throttle(TurnableClock(), per_account=2)
    counts.count("10.0.0.1", "wu")
    counts.count("10.0.0.2", "WU")
    with pytest.raises(TooManyRequestsError) as refused:
        counts.count("10.0.0.3", "wu")
    assert refused.value.details == {"retry_after_seconds": 60}
    counts.count("10.0.0.3", "sun")


def test_one_address_tries_only_so_often_whatever_the_account() -> None:
    counts = throttle(TurnableClock(), per_address=2)
    counts.count("10.0.0.1", "wu")
    counts.count("10.0.0.1", "sun")
    with pytest.raises(TooManyRequestsError):
        counts.count("10.0.0.1", "he")
    counts.count("10.0.0.2", "he")


def test_a_minute_later_it_may_be_tried_again() -> None:
    clock = TurnableClock()
    counts = throttle(clock, per_account=1)
    counts.count("10.0.0.1", "wu")
    clock.now += timedelta(seconds=45)
    with pytest.raises(TooManyRequestsError) as refused:
        counts.count("10.0.0.1", "wu")
    assert refused.value.details == {"retry_after_seconds": 15}
    clock.now += timedelta(seconds=15)
    counts.count("10.0.0.1", "wu")


def test_a_user_and_a_service_call_only_so_often_each_by_itself() -> None:
    counts = throttle(TurnableClock())
    for _ in range(2):
        counts.count_user("wu")
    with pytest.raises(TooManyRequestsError):
        counts.count_user("wu")
    counts.count_user("sun")
    for _ in range(3):
        counts.count_service("wu")
    with pytest.raises(TooManyRequestsError):
        counts.count_service("wu")
