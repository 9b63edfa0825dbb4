"""How values are written: shares in percent, times in minutes, changes with their sign. Pure."""

from __future__ import annotations

from datetime import date

from bot.desk.figures.measures import Shown, Unit
from bot.desk.web.texts import Texts

NOTHING = "–"
_MINUS, _PLUS = "−", "+"
_MINUTE, _HOUR = 60, 3600


def write_value(value: float | None, unit: Unit, texts: Texts) -> str:
    """A value in its unit; a dash where nothing was counted."""
    if value is None:
        return NOTHING
    if unit is Unit.SHARE:
        return f"{value * 100:.1f}%"
    if unit is Unit.SECONDS:
        return _time(round(value), texts)
    if unit is Unit.STARS:
        return f"{value:.2f}"
    return f"{value:,.0f}"


def write_change(shown: Shown, texts: Texts) -> str | None:
    """By how much a figure has changed; None where there is nothing to compare."""
    change = shown.change
    if change is None:
        return None
    sign = _MINUS if change < 0 else _PLUS if change > 0 else "±"
    unit, size = shown.measure.unit, abs(change)
    if unit is Unit.EPISODES:
        return f"{sign}{size * 100:.0f}%"
    if unit is Unit.SHARE:
        return sign + texts.dashboard_points(points=f"{size * 100:.1f}")
    return sign + write_value(size, unit, texts)


def write_interval(interval: tuple[float, float], texts: Texts) -> str:
    """The interval of a share."""
    low, high = (f"{end * 100:.1f}%" for end in interval)
    return texts.dashboard_interval(low=low, high=high)


def write_day(day: date, texts: Texts, today: date) -> str:
    """A day; the year only where it is another."""
    form = texts.form_day if day.year == today.year else texts.form_day_of_year
    return form(year=day.year, month=day.month, day=day.day, name=day.strftime("%b"))


def _time(seconds: int, texts: Texts) -> str:
    if seconds < _MINUTE:
        return texts.dashboard_seconds(seconds=seconds)
    if seconds < _HOUR:
        return texts.dashboard_minutes(minutes=seconds // _MINUTE, seconds=seconds % _MINUTE)
    return texts.dashboard_hours(hours=seconds // _HOUR, minutes=seconds % _HOUR // _MINUTE)
