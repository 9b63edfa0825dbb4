"""How templates write times and what is not for everybody's eyes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.desk.agents.payloads import Language
from bot.desk.web.texts import Texts

MASK = "••••"
_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def segment(name: str) -> str:
    """Write a name as one piece of a path: unlike Jinja's ``urlencode``, with its slashes too."""
    return quote(name, safe="")


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment as hours and minutes."""
    return moment.astimezone(zone).strftime("%H:%M")


def day(moment: datetime, zone: ZoneInfo, texts: Texts, now: datetime) -> str:
    """Write the day of a moment; the year only where it is another."""
    local = moment.astimezone(zone)
    form = texts.form_day if local.year == now.astimezone(zone).year else texts.form_day_of_year
    return form(year=local.year, month=local.month, day=local.day, name=local.strftime("%b"))


def moment(moment: datetime, zone: ZoneInfo, texts: Texts, now: datetime) -> str:
    """Write a moment with its day; the year only where it is another."""
    return f"{day(moment, zone, texts, now)} {clock(moment, zone)}"


def ago(moment: datetime, texts: Texts, now: datetime) -> str:
    """Write how long ago a moment was, to the minute, the hour or the day."""
    passed = now - moment
    if passed < _MINUTE:
        return str(texts.ago_now)
    if passed < _HOUR:
        return texts.ago_minutes(count=passed // _MINUTE)
    if passed < _DAY:
        return texts.ago_hours(count=passed // _HOUR)
    return texts.ago_days(count=passed // _DAY)


def mask(text: str | None) -> str:
    """Hide a text but for its end, of which a short one shows nothing."""
    if not text:
        return ""
    shown = 4 if len(text) >= 12 else 2 if len(text) >= 6 else 0
    return MASK + text[len(text) - shown :]


def language_of(accepted: str) -> Language:
    """Choose the first language of an Accept-Language header that the desk is written in."""
    for wanted in accepted.lower().split(","):
        for language in Language:
            if wanted.strip().startswith(language.value):
                return language
    return Language.ZH
