"""Days and months are those of the wallet's time zone."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from wallet.domain.calendar_days import CalendarDays

SHANGHAI = CalendarDays(ZoneInfo("Asia/Shanghai"))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)  # type: ignore[misc, arg-type]


def test_a_day_ends_at_local_midnight() -> None:
    evening = utc(2026, 3, 12, 15, 59)
    assert SHANGHAI.day_start(evening) == utc(2026, 3, 11, 16)
    assert SHANGHAI.next_day(evening) == utc(2026, 3, 12, 16)


@pytest.mark.parametrize(
    ("moment", "start", "end"),
    [
        (utc(2026, 2, 28, 12), utc(2026, 1, 31, 16), utc(2026, 2, 28, 16)),
        (utc(2026, 12, 31, 15), utc(2026, 11, 30, 16), utc(2026, 12, 31, 16)),
        (utc(2026, 12, 31, 16), utc(2026, 12, 31, 16), utc(2027, 1, 31, 16)),
    ],
)
def test_a_month_ends_at_the_local_midnight_of_its_last_day(moment: datetime, start: datetime, end: datetime) -> None:
    assert SHANGHAI.month_start(moment) == start
    assert SHANGHAI.next_month(moment) == end


def test_a_day_of_the_clock_change_has_its_own_length() -> None:
    new_york = CalendarDays(ZoneInfo("America/New_York"))
    spring = utc(2026, 3, 8, 18)
    assert (new_york.next_day(spring) - new_york.day_start(spring)).total_seconds() == 23 * 3600
