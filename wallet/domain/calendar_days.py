"""Days and months of the wallet's own time zone: limits reset at its midnight, free quotas with its month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present moment, aware and in UTC."""
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class CalendarDays:
    """Turns moments into the days and months they fall in."""

    zone: ZoneInfo

    def day_of(self, moment: datetime) -> date:
        """The local date of a moment."""
        return moment.astimezone(self.zone).date()

    def at(self, day: date, local_time: time) -> datetime:
        """The moment of a local time on a local day."""
        return datetime.combine(day, local_time, self.zone).astimezone(timezone.utc)

    def day_start(self, moment: datetime) -> datetime:
        """The midnight before a moment."""
        return self.at(self.day_of(moment), time.min)

    def next_day(self, moment: datetime) -> datetime:
        """The midnight after a moment."""
        return self.at(self.day_of(moment) + timedelta(days=1), time.min)

    def month_start(self, moment: datetime) -> datetime:
        """The first midnight of the month of a moment."""
        return self.at(self.day_of(moment).replace(day=1), time.min)

    def next_month(self, moment: datetime) -> datetime:
        """The first midnight of the month after a moment."""
        # Day 28 plus four days is in the next month, whatever the month.
        later = self.day_of(moment).replace(day=28) + timedelta(days=4)
        return self.at(later.replace(day=1), time.min)
