"""What is made of the turns that were played."""

from __future__ import annotations

import pytest

from tests.benchmarks.comparison import differences, lasting
from tests.benchmarks.growth import curve
from tests.benchmarks.memory import pss_of_rollup
from tests.benchmarks.plan import FULL, QUICK, Plan
from tests.benchmarks.played import Played, PlayedTurn
from tests.benchmarks.rounds import Measurement
from tests.benchmarks.rows import rows_of_turns


def turn(number: int, seconds: float = 0.01, ended: float = 0.0, said: str | None = "ok") -> PlayedTurn:
    """A turn of one script."""
    return PlayedTurn("script", number, seconds, ended, said)


def test_what_was_played_survives_its_way_between_processes() -> None:
    played = Played(1.5, (turn(1, said="好"), turn(2, said=None)))
    assert Played.from_json(played.as_json()) == played
    assert played.unanswered == 1


def test_turns_after_the_first_user_fell_silent_do_not_count() -> None:
    played = Played(2.0, (turn(1, 0.1, ended=0.5), turn(2, 0.1, ended=2.0), turn(3, 9.0, ended=2.1)))
    measured = Measurement(loads={8: [played]})
    assert measured.turns_per_second(8) == [1.0]
    assert measured.percentiles(8, 0.99) == [0.1]


def test_a_disturbed_round_does_not_count() -> None:
    calm, disturbed = Played(1.0, (turn(1, 0.1),)), Played(9.0, (turn(1, 9.0),))
    measured = Measurement(loads={1: [disturbed, calm, calm]})
    rows = {row.name: row.ours for row in rows_of_turns(measured, measured, 1)}
    assert rows["turn p50, 1 user"] == 100
    assert rows["turns a second, 1 user"] == 1


def test_the_same_answer_with_another_time_and_case_number_is_no_difference() -> None:
    stock = [turn(1, said="case WH-1JS3-973Z, by tomorrow at 01:05")]
    assert differences(stock, [turn(1, said="case WH-412K-AYTH, by tomorrow at 1:06")]) == []


def test_other_words_other_amounts_and_silence_are_differences() -> None:
    stock = [turn(1, said="¥500.00"), turn(2, said="yes"), turn(3, said="yes"), turn(4)]
    ours = [turn(1, said="¥5.00"), turn(2, said="no"), turn(3, said=None), turn(4)]
    assert [one.number for one in differences(stock, ours)] == [1, 2, 3]


def test_silence_of_both_is_the_same() -> None:
    assert lasting(None) == lasting("")


def test_each_point_of_the_curve_is_a_whole_cycle_of_medians() -> None:
    """Odd turns are ten times as slow as even ones, all of them grow, and one conversation of three is disturbed."""
    steady = [turn(number, (10 if number % 2 else 1) + number) for number in range(1, 101)]
    points = curve([*steady, *steady, *(turn(number, 999) for number in range(1, 101))], 2, (1, 50, 100))
    assert points == {1: 5.5 + 1.5, 50: 5.5 + 49.5, 100: 5.5 + 99.5}


@pytest.mark.parametrize("plan", [FULL, QUICK], ids=lambda plan: plan.name)
def test_every_script_is_played_equally_often(plan: Plan) -> None:
    names = [f"script {number}" for number in range(8)]
    for users in plan.conversations:
        played = plan.scripts(names, users)
        assert len({played.count(name) for name in names}) == 1
        assert len(played) >= users


def test_the_quick_run_is_a_part_of_the_full_one() -> None:
    assert QUICK.rounds < FULL.rounds
    assert set(QUICK.conversations) < set(FULL.conversations)


def test_memory_is_what_the_kernel_shares_out() -> None:
    assert (
        pss_of_rollup("5581-7ffc ---p 0 00:00 0 [rollup]\nRss: 900 kB\nPss:     300 kB\nPss_Anon: 1 kB\n") == 300 * 1024
    )
