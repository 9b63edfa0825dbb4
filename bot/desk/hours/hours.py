"""When people serve: whether it is open, when it opens, and when so much service time will have passed. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Protocol

# A calendar that is closed for longer is closed for good.
_FARTHEST = timedelta(days=400)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """A part of a day in which there is service, in minutes since its midnight; it ends before `until`."""

    start: int
    until: int


ALL_DAY = (Period(0, 24 * 60),)


class Calendar(Protocol):
    """Tells the hours of service of any day."""

    def periods(self, day: date) -> tuple[Period, ...]:
        """The hours of a day, in order."""


class EveryDay:
    """A calendar without a night."""

    def periods(self, day: date) -> tuple[Period, ...]:
        """The whole day."""
        return ALL_DAY


class Hours:
    """The hours of service in a zone."""

    def __init__(self, calendar: Calendar, zone: tzinfo) -> None:
        self._calendar, self._zone = calendar, zone

    @classmethod
    def always(cls) -> Hours:
        """Service at every hour of every day."""
        return cls(EveryDay(), timezone.utc)

    def is_open(self, moment: datetime) -> bool:
        """Whether there is service at this moment."""
        for start, _ in self._openings(moment):
            return start <= moment
        return False

    def next_opening(self, moment: datetime) -> datetime | None:
        """The first moment from this one on at which there is service; None when there is none to be expected."""
        for start, _ in self._openings(moment):
            return max(start, moment)
        return None

    def after_service_time(self, moment: datetime, service: timedelta) -> datetime:
        """The moment by which so much service time will have passed; without any service, plain time."""
        left = service
        for start, until in self._openings(moment):
            begin = max(start, moment)
            if until - begin >= left:
                return begin + left
            left -= until - begin
        return moment + service

    def _openings(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every span of service that ends after a moment, in order and in UTC."""
        day = moment.astimezone(self._zone).date()
        last = day + _FARTHEST
        while day <= last:
            for period in self._calendar.periods(day):
                until = self._at(day, period.until)
                if until > moment:
                    yield self._at(day, period.start), until
            day += _DAY

    def _at(self, day: date, minutes: int) -> datetime:
        # Midnight at the end of a day is that of the next one: no clock shows 24:00.
        days, minutes = divmod(minutes, 24 * 60)
        local = datetime.combine(day + days * _DAY, time(*divmod(minutes, 60)), self._zone)
        return local.astimezone(timezone.utc)
