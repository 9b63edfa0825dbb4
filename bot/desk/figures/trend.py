"""Days in a row, without gaps: one by one, or as weeks where they are many. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bot.desk.figures.period import Period
from bot.desk.figures.sums import Sums

MOST_DAYS = 92


@dataclass(frozen=True)
class Point:
    """A day or a week of a trend and what was counted of it; a week at an end may have fewer than seven days."""

    first: date
    last: date
    counts: Counter[str]

    @property
    def period(self) -> Period:
        """The same as a period."""
        return Period(self.first, self.last)


@dataclass(frozen=True)
class Trend:
    """Points in their order; ``is_weekly`` tells which they are."""

    points: tuple[Point, ...]
    is_weekly: bool


def trend_of(sums: Sums, period: Period, today: date) -> Trend:
    """The trend of a period; of one without bounds from the first day on which there is something."""
    first = period.first or min(sums, default=today)
    last = max(first, min(period.last or today, max(today, *sums) if sums else today))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    is_weekly = len(days) > MOST_DAYS
    groups: dict[date, list[date]] = {}
    for day in days:
        groups.setdefault(day - timedelta(days=day.weekday()) if is_weekly else day, []).append(day)
    return Trend(tuple(_point(group, sums) for group in groups.values()), is_weekly)


def _point(days: list[date], sums: Sums) -> Point:
    counts: Counter[str] = Counter()
    for day in days:
        counts.update(sums.get(day, {}))
    return Point(days[0], days[-1], counts)
