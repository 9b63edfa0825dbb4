"""When it is open, when it opens, and by when so much service time has passed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.hours.calendar_file import STANDARD, BadCalendar, open_hours, read_calendar
from bot.desk.hours.hours import Hours

CHINA = ZoneInfo("Asia/Shanghai")
STANDARD_HOURS = read_calendar(STANDARD)
Calendar = Callable[[str, str], Path]

MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)).map(lambda moment: moment.replace(tzinfo=CHINA))  # noqa: DTZ001


def at(text: str) -> datetime:
    """A moment as a clock in China shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-02 08:59", False),  # a Monday
        ("2026-03-02 09:00", True),
        ("2026-03-02 20:59", True),
        ("2026-03-02 21:00", False),
        ("2026-03-01 09:30", False),  # a Sunday
        ("2026-03-01 10:00", True),
        ("2026-01-01 12:00", False),
        ("2026-01-03 12:00", False),
        ("2026-01-04 09:30", True),  # a Sunday on which China works
        ("2026-02-14 09:30", True),  # a working Saturday, the eve of the Spring Festival
        ("2026-02-14 15:00", False),
        ("2026-02-15 12:00", False),
        ("2026-02-23 12:00", False),
        ("2026-02-24 09:00", True),
        ("2026-02-28 20:00", True),  # a working Saturday
        ("2026-05-09 20:00", True),
        ("2026-09-20 20:00", True),
        ("2026-10-07 12:00", False),
        ("2026-10-08 12:00", True),
        ("2026-10-10 20:00", True),
        ("2025-01-26 20:00", True),
        ("2025-01-28 12:00", False),
        ("2025-02-04 12:00", False),
        ("2025-10-08 12:00", False),
        ("2025-10-11 20:00", True),
    ],
)
def test_the_calendar_of_china_decides(moment: str, is_open: bool) -> None:
    assert STANDARD_HOURS.is_open(at(moment)) is is_open


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-03-02 12:34", "2026-03-02 12:34"),
        ("2026-03-02 07:00", "2026-03-02 09:00"),
        ("2026-03-02 21:00", "2026-03-03 09:00"),
        ("2026-03-06 21:00", "2026-03-07 10:00"),  # Friday evening
        ("2026-02-14 15:00", "2026-02-24 09:00"),  # the whole Spring Festival
        ("2025-12-31 22:00", "2026-01-04 09:00"),  # over the turn of the year
    ],
)
def test_the_next_opening_is_told(moment: str, opening: str) -> None:
    assert STANDARD_HOURS.next_opening(at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("moment", "hours", "due"),
    [
        ("2026-03-02 09:00", 8, "2026-03-02 17:00"),
        ("2026-03-02 13:00", 8, "2026-03-02 21:00"),  # to the minute of closing
        ("2026-03-02 13:01", 8, "2026-03-03 09:01"),
        ("2026-03-02 20:30", 1, "2026-03-03 09:30"),
        ("2026-03-06 20:00", 8, "2026-03-07 17:00"),  # an hour on Friday, seven on Saturday
        ("2026-02-14 14:00", 8, "2026-02-24 16:00"),  # an hour before the festival, seven after it
        ("2026-03-02 03:00", 1, "2026-03-02 10:00"),
    ],
)
def test_only_service_time_counts_towards_a_promise(moment: str, hours: int, due: str) -> None:
    assert STANDARD_HOURS.after_service_time(at(moment), timedelta(hours=hours)) == at(due)


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    assert STANDARD_HOURS.is_open(datetime(2026, 3, 2, 1, 0, tzinfo=timezone.utc))
    assert not STANDARD_HOURS.is_open(datetime(2026, 3, 2, 13, 0, tzinfo=timezone.utc))


@given(MOMENTS)
def test_it_is_open_at_the_next_opening_and_not_before(moment: datetime) -> None:
    opening = STANDARD_HOURS.next_opening(moment)

    assert opening is not None and STANDARD_HOURS.is_open(opening)
    assert (opening == moment) is STANDARD_HOURS.is_open(moment)
    middle = moment + (opening - moment) / 2
    assert STANDARD_HOURS.next_opening(middle) == opening or opening == moment


@given(MOMENTS, st.integers(1, 50), st.integers(1, 50))
def test_service_time_adds_up(moment: datetime, first: int, second: int) -> None:
    hours = STANDARD_HOURS
    in_steps = hours.after_service_time(
        hours.after_service_time(moment, timedelta(hours=first)), timedelta(hours=second)
    )

    assert in_steps == hours.after_service_time(moment, timedelta(hours=first + second))


def test_without_a_night_plain_time_counts() -> None:
    moment = datetime(2026, 2, 16, 23, 59, tzinfo=timezone.utc)
    hours = open_hours("always")

    assert hours.is_open(moment)
    assert hours.next_opening(moment) == moment
    assert hours.after_service_time(moment, timedelta(hours=80)) == moment + timedelta(hours=80)


@pytest.fixture
def calendar(tmp_path: Path) -> Calendar:
    """Write a calendar whose Mondays alone have service, with its years: ``calendar('["09:00-24:00"]', "{}")``."""

    def write(monday: str, years: str) -> Path:
        days = "\n".join(f"  {day}: []" for day in "tuesday wednesday thursday friday saturday sunday".split())
        path = tmp_path / "hours.yml"
        path.write_text(
            f"zone: Asia/Shanghai\nweekly:\n  monday: {monday}\n{days}\nholiday: []\n"
            f'working_weekend: ["09:00-18:00"]\nyears: {years}\n'
        )
        return path

    return write


def test_midnight_ends_the_day_and_not_the_service(calendar: Calendar) -> None:
    hours = read_calendar(calendar('["00:00-08:00", "20:00-24:00"]', "{2026: {}}"))

    assert hours.is_open(at("2026-03-02 00:00"))
    assert hours.is_open(at("2026-03-02 23:59"))
    assert not hours.is_open(at("2026-03-03 00:00"))
    assert hours.after_service_time(at("2026-03-02 20:00"), timedelta(hours=4)) == at("2026-03-03 00:00")


def test_a_year_without_data_has_its_weekly_hours_and_warns_once(
    calendar: Calendar, caplog: pytest.LogCaptureFixture
) -> None:
    hours = read_calendar(calendar('["09:00-12:00"]', "{2026: {holidays: [2026-03-02]}}"))
    with caplog.at_level(logging.WARNING):
        assert not hours.is_open(at("2026-03-02 10:00"))
        assert hours.is_open(at("2028-03-06 10:00"))
        assert hours.is_open(at("2028-03-13 10:00"))

    assert [record.getMessage() for record in caplog.records] == [
        "the calendar has no holidays of 2028: weekly hours alone count"
    ]


def test_a_service_that_never_opens_promises_plain_time(calendar: Calendar) -> None:
    hours: Hours = read_calendar(calendar("[]", "{2026: {}, 2027: {}}"))
    moment = at("2026-03-02 10:00")

    assert hours.next_opening(moment) is None
    assert hours.after_service_time(moment, timedelta(hours=8)) == moment + timedelta(hours=8)


@pytest.mark.parametrize(
    ("monday", "years"),
    [
        ('["9:00-21:00"]', "{}"),
        ('["21:00-09:00"]', "{}"),
        ('["09:00-24:30"]', "{}"),
        ('["09:00-12:00", "11:00-13:00"]', "{}"),
        ("[7]", "{}"),
        ("[]", "{2026: {holidays: [2025-01-01]}}"),
        ("[]", "{2026: {holidays: [2026-01-03/2026-01-01]}}"),
        ("[]", "{2026: {holidays: [tomorrow]}}"),
        ("[]", "[2026]"),
    ],
)
def test_a_file_that_is_no_calendar_is_refused_in_one_line(calendar: Calendar, monday: str, years: str) -> None:
    with pytest.raises(BadCalendar) as refused:
        read_calendar(calendar(monday, years))
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("content", [None, "", "zone: Asia/Shanghai", "[", "zone: Mars/Olympus"])
def test_a_file_that_says_too_little_is_refused(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "hours.yml"
    if content is not None:
        path.write_text(content)
    with pytest.raises(BadCalendar):
        read_calendar(path)
