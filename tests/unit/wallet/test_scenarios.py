"""The demo's file says what it should, and its times are what they say."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from wallet.demo.cards import month_end
from wallet.demo.scenarios import When, load_scenarios
from wallet.domain.calendar_days import CalendarDays

SHANGHAI = CalendarDays(ZoneInfo("Asia/Shanghai"))
NOON = datetime(2026, 3, 12, 4, tzinfo=timezone.utc)


def test_there_is_a_scenario_for_every_demo_user() -> None:
    names = {"chen", "li", "wang", "zhao", "sun", "qian", "zhou", "he", "wu", "ma", "lin", "gao", "tang", "luo"}
    assert set(load_scenarios()) == names


def test_the_one_with_the_incident_comes_last() -> None:
    assert list(load_scenarios())[-1] == "zhao"


def test_minutes_ago_stays_within_the_day() -> None:
    just_after_midnight = datetime(2026, 3, 11, 16, 10, tzinfo=timezone.utc)
    assert When(minutes_ago=30).moment(NOON, SHANGHAI) == NOON - timedelta(minutes=30)
    assert When(minutes_ago=30).moment(just_after_midnight, SHANGHAI) == SHANGHAI.day_start(just_after_midnight)


def test_the_last_time_of_day_is_never_ahead() -> None:
    assert When(last=time(2, 40)).moment(NOON, SHANGHAI) == datetime(2026, 3, 11, 18, 40, tzinfo=timezone.utc)
    assert When(last=time(23, 40)).moment(NOON, SHANGHAI) == datetime(2026, 3, 11, 15, 40, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("months", "end"), [(0, (2026, 3, 31)), (-1, (2026, 2, 28)), (10, (2027, 1, 31)), (-3, (2025, 12, 31))]
)
def test_a_month_ends_on_its_last_day(months: int, end: tuple[int, int, int]) -> None:
    day = month_end(SHANGHAI.day_of(NOON), months)
    assert (day.year, day.month, day.day) == end
