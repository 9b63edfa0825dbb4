"""How values are written in a language: money, times near and far, lists, texts that have both languages."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency

from actions.dialogue.words import word
from wallet.contract.money import Money
from wallet.contract.payloads import LocalizedText

# Given a name, babel looks through all its locales for it, each time.
_LOCALES = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}


def write(value: Any, language: str, now: datetime, zone: ZoneInfo) -> str:
    """A value as a reader of that language expects it. Times are told by their distance in days from ``now``."""
    if isinstance(value, Money):
        return str(format_currency(value.to_decimal(), value.currency, locale=_LOCALES[language]))
    if isinstance(value, LocalizedText):
        return str(getattr(value, language))
    if isinstance(value, datetime):
        return write_time(value, language, now, zone)
    if isinstance(value, date):
        return str(format_date(value, "medium", locale=_LOCALES[language]))
    if isinstance(value, (list, tuple)):
        return word("list_separator", language).join(write(item, language, now, zone) for item in value)
    return str(value)


def write_time(moment: datetime, language: str, now: datetime, zone: ZoneInfo) -> str:
    """``今天 14:03`` / ``today at 14:03``; a date where it is neither yesterday, today nor tomorrow."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    near = {today - timedelta(days=1): "yesterday_at", today: "today_at", today + timedelta(days=1): "tomorrow_at"}
    day = format_skeleton("MMMd", local, locale=_LOCALES[language])
    return word(near.get(local.date(), "date_at"), language).format(day=day, time=local.strftime("%H:%M"))
