"""When a message is tried again."""

from __future__ import annotations

from datetime import timedelta

from wallet.domain.deliveries import FIRST_PAUSE, LEASE, LONGEST_PAUSE, TRIES_ALLOWED, TRY_TIME, pause_after


def test_pauses_double_until_they_are_long_enough() -> None:
    assert [pause_after(tries, 0) for tries in (1, 2, 3)] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert pause_after(TRIES_ALLOWED, 0) == pause_after(10**6, 0) == LONGEST_PAUSE


def test_chance_shortens_a_pause_by_up_to_half() -> None:
    assert pause_after(1, 0.5) == FIRST_PAUSE * 0.75
    assert pause_after(1, 1) == FIRST_PAUSE * 0.5


def test_all_tries_together_outlast_a_reset_link_and_end_within_a_day() -> None:
    shortest, longest = (
        sum((pause_after(n, chance) for n in range(1, TRIES_ALLOWED)), timedelta()) for chance in (1, 0)
    )
    assert timedelta(minutes=30) < shortest < longest < timedelta(days=1)


def test_a_try_is_over_well_before_another_process_may_make_one() -> None:
    assert TRY_TIME * 2 < LEASE
