"""The days that figures are about, in the desk's time zone, and the days before them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """From one moment to another that is not included, in seconds since 1970; None: without a bound."""

    begins: float | None
    ends: float | None


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included; None: without a bound."""

    first: date | None
    last: date | None

    @property
    def days(self) -> int | None:
        """How many days; None without bounds."""
        return None if self.first is None or self.last is None else (self.last - self.first).days + 1

    def span(self, zone: ZoneInfo) -> Span:
        """The time from the beginning of the first day to the end of the last."""
        begins = None if self.first is None else beginning(self.first, zone)
        return Span(begins, None if self.last is None else beginning(self.last + _DAY, zone))

    def before(self, zone: ZoneInfo, now: datetime) -> Span | None:
        """As many days just before, and of a period that is not over as much of them as has passed; or None."""
        if self.first is None or self.days is None:
            return None
        moved = timedelta(days=self.days)
        local = now.astimezone(zone)
        ends = beginning(self.first, zone)
        if self.last is not None and local.date() <= self.last:
            passed = datetime.combine(local.date() - moved, local.time(), zone).timestamp()
            ends = min(ends, passed)
        return Span(beginning(self.first - moved, zone), ends)


def last_days(count: int, today: date) -> Period:
    """So many days, of which today is the last."""
    return Period(today - timedelta(days=count - 1), today)


def beginning(day: date, zone: ZoneInfo) -> float:
    """When a day begins, in seconds since 1970."""
    return datetime.combine(day, time(), zone).timestamp()


def day_of(moment: float, zone: ZoneInfo) -> date:
    """The day of a moment in seconds since 1970."""
    return datetime.fromtimestamp(moment, timezone.utc).astimezone(zone).date()
