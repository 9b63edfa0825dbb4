"""Days in the desk's time zone, and the days before them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk.figures.period import Period, Span, beginning, last_days

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
TODAY = date(2026, 3, 15)
NOON = datetime(2026, 3, 15, 12, tzinfo=SHANGHAI)


def at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_the_last_seven_days_end_today() -> None:
    assert last_days(7, TODAY) == Period(date(2026, 3, 9), TODAY)
    assert last_days(7, TODAY).days == 7


def test_a_period_is_whole_days_of_the_zone() -> None:
    assert last_days(1, TODAY).span(SHANGHAI) == Span(at("2026-03-15T00:00+08:00"), at("2026-03-16T00:00+08:00"))
    assert Period(None, None).span(SHANGHAI) == Span(None, None)


def test_the_days_before_a_period_that_is_not_over_end_at_the_same_hour() -> None:
    before = last_days(7, TODAY).before(SHANGHAI, NOON)

    assert before == Span(at("2026-03-02T00:00+08:00"), at("2026-03-08T12:00+08:00"))


def test_the_days_before_a_period_that_is_over_are_as_many() -> None:
    before = Period(date(2026, 3, 1), date(2026, 3, 10)).before(SHANGHAI, NOON)

    assert before == Span(at("2026-02-19T00:00+08:00"), at("2026-03-01T00:00+08:00"))


def test_all_time_has_no_time_before_it() -> None:
    assert Period(None, None).before(SHANGHAI, NOON) is None


def test_a_day_begins_at_midnight_of_the_zone() -> None:
    assert beginning(date(2026, 3, 9), NEW_YORK) - beginning(date(2026, 3, 8), NEW_YORK) == timedelta(hours=23).seconds
