"""Figures as JSON: the same for the page's own address and for other programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from bot.desk.clock import write_moment
from bot.desk.figures.breakdown import COUNTED
from bot.desk.figures.measures import CONTAINED, FUNNEL, TILES, Shown, Value, shown
from bot.desk.figures.period import Period
from bot.desk.figures.reading import Reading
from bot.desk.figures.scope import DIMENSIONS
from bot.desk.figures.trend import trend_of

_DIGITS = 6
# What a point of the trend tells.
_OF_POINT = (
    *("talked", "contained", "contained_solved", "contained_answered", "contained_waiting", "contained_abandoned"),
    *("contained_open", "only_returned", "problem", "solved", "handed_over", "person_answered", "given_up", "fallback"),
    *("rated", "rated_well", "person_rated", "person_rated_well", "messages", "fallbacks"),
)


def figures_to_json(reading: Reading, zone: ZoneInfo, today: date) -> dict[str, Any]:
    """Write a reading out. Shares and intervals are from 0 to 1, times in seconds, days those of the zone."""
    scope, now, before = reading.scope, reading.counted, reading.before
    trend = trend_of(reading.days, scope.period, today)
    tiles = [each for tile, parts in TILES for each in (tile, *parts)]

    def written(measures: Iterable[Any]) -> list[dict[str, Any]]:
        return [_shown(shown(each, now, before), scope.conversations(each.figure, zone)) for each in measures]

    return {
        "as_of": write_moment(reading.read_at),
        "period": {"name": scope.name, **_days(scope.period), "zone": zone.key},
        **{name: getattr(scope, name) for name in DIMENSIONS},
        "figures": written(tiles),
        "contained": written(CONTAINED),
        "provisional": now.sums["provisional"],
        "handoff": written(FUNNEL),
        "trend": {
            "points": "weeks" if trend.is_weekly else "days",
            "counts": [{**_days(each.period), **_counts(each.counts, _OF_POINT)} for each in trend.points],
        },
        **{
            f"by_{name}": [{"name": value, **_counts(counted, COUNTED)} for value, counted in values.items()]
            for name, values in reading.breakdown.items()
        },
    }


def _shown(each: Shown, link: str) -> dict[str, Any]:
    return {
        "name": each.measure.name,
        "unit": each.measure.unit.value,
        **_value(each.now),
        "is_small": each.now.is_small,
        "interval": each.now.interval and [round(end, _DIGITS) for end in each.now.interval],
        "before": each.before and _value(each.before),
        "conversations": link,
    }


def _value(value: Value) -> dict[str, Any]:
    is_part = value.part is not None
    number = None if value.value is None else round(value.value, _DIGITS)
    return {"value": number, "numerator": value.part, "denominator": value.whole if is_part else None}


def _days(period: Period) -> dict[str, str | None]:
    return {
        "from": None if period.first is None else period.first.isoformat(),
        "until": None if period.last is None else period.last.isoformat(),
    }


def _counts(counted: Counter[str], names: Iterable[str]) -> dict[str, int]:
    return {name: counted[name] for name in names}
