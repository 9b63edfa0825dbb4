"""How much one caller may ask: so many a minute, so many at a time."""

from __future__ import annotations

import pytest

from bot.channels.errors import ChannelError
from bot.channels.limits import OpenAtOnce, Rate


class Clock:
    """A time of the test's choice, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_one_too_many_is_refused_and_told_how_long_to_wait(clock: Clock) -> None:
    rate = Rate(3, clock)
    for _ in range(3):
        rate.count("a")
        clock.now += 10
    with pytest.raises(ChannelError) as refused:
        rate.count("a")
    assert (refused.value.status, refused.value.code, refused.value.retry_after) == (429, "too_many_requests", 31)
    clock.now += refused.value.retry_after or 0
    rate.count("a")


def test_what_was_refused_does_not_count(clock: Clock) -> None:
    rate = Rate(1, clock)
    rate.count("a")
    for _ in range(5):
        with pytest.raises(ChannelError):
            rate.count("a")
    clock.now += 60
    rate.count("a")


def test_callers_do_not_count_for_each_other(clock: Clock) -> None:
    rate = Rate(1, clock)
    rate.count("a")
    rate.count("b")


def test_callers_that_have_been_quiet_are_forgotten(clock: Clock) -> None:
    rate = Rate(1, clock)
    for number in range(10_000):
        rate.count(str(number))
    clock.now += 61
    rate.count("last")
    assert len(rate._times) == 1


def test_nothing_at_all_may_be_allowed(clock: Clock) -> None:
    with pytest.raises(ChannelError):
        Rate(0, clock).count("a")


def test_what_is_closed_makes_room() -> None:
    streams = OpenAtOnce(2)
    with streams.one("a"), streams.one("b"):
        with streams.one("a"), pytest.raises(ChannelError), streams.one("a"):
            pass
        with streams.one("a"):
            pass
    assert not streams._open
