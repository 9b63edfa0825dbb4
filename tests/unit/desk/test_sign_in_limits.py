"""How often a sign-in may fail."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

import pytest

from bot.desk.agents.limits import KEYS_KEPT, Limits
from bot.desk.errors import TooManyRequestsError


class Now:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 3, 1, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.moment

    def pass_seconds(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def limits(now: Now) -> Limits:
    return Limits(now)


def test_the_sixth_failure_of_a_name_within_a_minute_is_refused(limits: Limits, now: Now) -> None:
    for number in range(5):
        limits.count("wang.lei", f"10.0.0.{number}")
        now.pass_seconds(2)
    with pytest.raises(TooManyRequestsError) as refused:
        limits.count("WANG.LEI ", "10.0.0.9")

    # The first of the five was ten seconds ago.
    assert refused.value.retry_after == 51


def test_a_minute_later_there_is_room_for_one(limits: Limits, now: Now) -> None:
    for _ in range(5):
        limits.count("wang.lei", "10.0.0.1")
        now.pass_seconds(10)
    now.pass_seconds(10)
    limits.count("wang.lei", "10.0.0.1")

    with pytest.raises(TooManyRequestsError):
        limits.count("wang.lei", "10.0.0.1")


def test_slow_guessing_ends_at_fifteen_in_a_quarter_of_an_hour(limits: Limits, now: Now) -> None:
    for _ in range(15):
        limits.count("wang.lei", "10.0.0.1")
        now.pass_seconds(20)
    with pytest.raises(TooManyRequestsError) as refused:
        limits.count("wang.lei", "10.0.0.1")

    assert refused.value.retry_after == 15 * 60 - 15 * 20 + 1


def test_an_address_that_tries_many_names_is_refused_and_others_are_not(limits: Limits) -> None:
    for number in range(20):
        limits.count(f"name{number}", "10.0.0.1")
    limits.count("another", "10.0.0.2")

    with pytest.raises(TooManyRequestsError):
        limits.count("another", "10.0.0.1")


def test_a_refused_attempt_is_not_counted(limits: Limits, now: Now) -> None:
    for _ in range(5):
        limits.count("wang.lei", "10.0.0.1")
    for _ in range(50):
        with pytest.raises(TooManyRequestsError):
            limits.count("wang.lei", "10.0.0.1")
    now.pass_seconds(60)

    limits.count("wang.lei", "10.0.0.1")


def test_a_success_forgives_the_name_and_takes_one_off_the_address(limits: Limits) -> None:
    for number in range(19):
        limits.count(f"name{number}", "10.0.0.1")
    for _ in range(10):
        limits.count("wang.lei", "10.0.0.1")
        limits.forgive("wang.lei", "10.0.0.1")
    limits.count("wang.lei", "10.0.0.1")

    with pytest.raises(TooManyRequestsError):
        limits.count("wang.lei", "10.0.0.1")


def test_those_who_have_gone_quiet_are_forgotten(limits: Limits, now: Now) -> None:
    for number in range(KEYS_KEPT):
        limits.count("wang.lei" if number < 5 else f"name{number}", f"address{number}")
        now.pass_seconds(0.001)
    now.pass_seconds(15 * 60)
    limits.count("one more", "address")

    assert len(limits._failures) == 2


def test_all_addresses_of_one_network_of_ipv6_are_counted_together(limits: Limits) -> None:
    for number in range(20):
        limits.count(f"name{number}", f"2001:db8::{number:x}:1")
    limits.count("another", "2001:db8:0:1::1")

    with pytest.raises(TooManyRequestsError):
        limits.count("another", "2001:db8::ffff")


def test_an_address_written_for_ipv6_is_the_same_address(limits: Limits) -> None:
    for number in range(20):
        limits.count(f"name{number}", "::ffff:10.0.0.1")
    limits.count("another", "::ffff:10.0.0.2")

    with pytest.raises(TooManyRequestsError):
        limits.count("another", "10.0.0.1")


def test_the_log_is_told_once_that_sign_ins_are_held_up_and_not_under_what_name(
    limits: Limits, now: Now, caplog: pytest.LogCaptureFixture
) -> None:
    def hammer() -> None:
        for _ in range(30):
            with contextlib.suppress(TooManyRequestsError):
                limits.count("my password", "10.0.0.1")
            now.pass_seconds(1)

    hammer()
    assert [record.message for record in caplog.records] == [
        "too many failed sign-ins of one name, the last from 10.0.0.1"
    ]
    now.pass_seconds(15 * 60)
    hammer()
    assert len(caplog.records) == 2
