"""The calendar as a file: weekly hours, holidays and the weekends on which China works, see hours.yml."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.desk.hours.hours import Hours, Period

logger = logging.getLogger(__name__)

STANDARD = Path(__file__).with_name("hours.yml")
ALWAYS = "always"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPAN = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])")
_DAY_MINUTES = 24 * 60


class BadCalendar(ValueError):
    """A file that is no calendar; the message says where it is not."""


@dataclass(frozen=True)
class YearlyCalendar:
    """The hours of a weekday, and of single days what is different; a year without data has its weekly hours only."""

    weekly: tuple[tuple[Period, ...], ...]
    special: dict[date, tuple[Period, ...]]
    years: frozenset[int]
    _missed: set[int] = field(default_factory=set, compare=False)

    def periods(self, day: date) -> tuple[Period, ...]:
        """The hours of a day."""
        if day.year not in self.years and day.year not in self._missed:
            self._missed.add(day.year)
            logger.warning("the calendar has no holidays of %d: weekly hours alone count", day.year)
        return self.special.get(day, self.weekly[day.weekday()])


def open_hours(choice: str) -> Hours:
    """The hours that a setting chooses: `always`, or a calendar's file.

    Raises:
        BadCalendar: when the file cannot be read as one.
    """
    return Hours.always() if choice == ALWAYS else read_calendar(Path(choice))


def read_calendar(path: Path) -> Hours:
    """Read a calendar.

    Raises:
        BadCalendar: when the file cannot be read as one.
    """
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Hours(_calendar(data), ZoneInfo(data["zone"]))
    except BadCalendar:
        raise
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadCalendar(f"{path}: {type(error).__name__}: {error}".replace("\n", " ")) from error


def _calendar(data: dict[str, Any]) -> YearlyCalendar:
    holiday, working_weekend = _periods(data["holiday"]), _periods(data["working_weekend"])
    special: dict[date, tuple[Period, ...]] = {}
    for year, days in data["years"].items():
        for text in days.get("holidays", ()):
            special.update((day, holiday) for day in _checked(_days(text), year))
        for text in days.get("working_weekends", ()):
            special.update((day, working_weekend) for day in _checked(_days(text), year))
        for text, spans in days.get("reduced", {}).items():
            special.update((day, _periods(spans)) for day in _checked(_days(text), year))
    weekly = tuple(_periods(data["weekly"][weekday]) for weekday in _WEEKDAYS)
    return YearlyCalendar(weekly, special, frozenset(data["years"]))


def _days(text: object) -> list[date]:
    first, _, last = str(text).partition("/")
    start, until = date.fromisoformat(first), date.fromisoformat(last or first)
    if until < start:
        raise BadCalendar(f"{text} ends before it begins")
    return [start + timedelta(days=number) for number in range((until - start).days + 1)]


def _checked(days: list[date], year: int) -> list[date]:
    if any(day.year != year for day in days):
        raise BadCalendar(f"{days[0]} stands under {year}")
    return days


def _periods(spans: list[str]) -> tuple[Period, ...]:
    periods = sorted((_period(span) for span in spans), key=lambda period: period.start)
    for before, after in pairwise(periods):
        if after.start < before.until:
            raise BadCalendar(f"{spans} overlap")
    return tuple(periods)


def _period(span: str) -> Period:
    match = _SPAN.fullmatch(span)
    if match is None:
        raise BadCalendar(f"{span!r} is no span of time such as 09:00-21:00")
    start_hour, start_minute, hour, minute = (int(part) for part in match.groups())
    start, until = start_hour * 60 + start_minute, hour * 60 + minute
    if not start < until <= _DAY_MINUTES:
        raise BadCalendar(f"{span!r} does not end after it begins, on the same day")
    return Period(start, until)
