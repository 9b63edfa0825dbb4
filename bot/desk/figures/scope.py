"""What figures are asked for, as it stands in an address: a period and whose episodes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.desk.errors import InvalidRequestError
from bot.desk.fields import SENSIBLE_YEARS, checked_text
from bot.desk.figures.period import Period, Span, last_days
from bot.desk.selection import query_of
from bot.store.conversation_filter import ConversationFilter
from bot.store.tables import episodes

ALL, OWN = "all", "own"
LAST_DAYS = {"7": 7, "30": 30, "90": 90}
PERIODS = (*LAST_DAYS, ALL)
USUAL = "30"
DIMENSIONS = ("channel", "language", "topic")
_LONGEST_NAME = 64


@dataclass(frozen=True)
class Scope:
    """Whose episodes are counted: those begun in the period, of one channel, language and topic where these are named.

    ``name`` is what the period is called: one of PERIODS, or OWN.
    """

    name: str
    period: Period
    channel: str | None = None
    language: str | None = None
    topic: str | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether some are left out that began in the period."""
        return bool(self.named())

    def conditions(self, span: Span) -> list[Any]:
        """What an episode must be like that began in a time, in SQL."""
        return [*(episodes.c[name] == getattr(self, name) for name in self.named()), *in_time(span)]

    def named(self) -> tuple[str, ...]:
        """Which of the dimensions are named."""
        return tuple(name for name in DIMENSIONS if getattr(self, name))

    def query(self, **changes: str) -> str:
        """The parameters of an address that asks for this, changed; an empty change takes a parameter away."""
        days = {"from": _written(self.period.first), "until": _written(self.period.last)}
        asked = days if self.name == OWN else {"period": self.name}
        asked |= {name: getattr(self, name) or "" for name in DIMENSIONS}
        return urlencode({name: value for name, value in {**asked, **changes}.items() if value})

    def conversations(self, figure: str, zone: ZoneInfo, period: Period | None = None, **values: str | None) -> str:
        """The address of the list of the conversations that a figure counts, of all days or of some of them."""
        span = (period or self.period).span(zone)
        asked = {**{name: getattr(self, name) for name in DIMENSIONS}, **values}
        wanted = ConversationFilter(figure=figure, figure_from=span.begins, figure_until=span.ends, **asked)
        return f"/conversations?{query_of(wanted, zone)}"


def in_time(span: Span) -> list[Any]:
    """That an episode began in a time, in SQL."""
    found = [] if span.begins is None else [episodes.c.started_at >= span.begins]
    return found if span.ends is None else [*found, episodes.c.started_at < span.ends]


def read_scope(arguments: Mapping[str, str], today: date) -> Scope:
    """What an address asks for; without anything the last 30 days. Days that are named go before a period's name.

    Raises:
        InvalidRequestError: for a value that its parameter cannot have.
    """
    given = {name: text for name, value in arguments.items() if (text := value.strip())}
    name = given.get("period", USUAL)
    if name not in PERIODS:
        raise _nonsense("period")
    if "from" in given or "until" in given:
        name = OWN
    return Scope(name, _period(name, given, today), **{each: _name(each, given.get(each)) for each in DIMENSIONS})


def _period(name: str, given: Mapping[str, str], today: date) -> Period:
    if name in LAST_DAYS:
        return last_days(LAST_DAYS[name], today)
    if name == ALL:
        return Period(None, None)
    first, last = _day("from", given.get("from")), _day("until", given.get("until"))
    if first and last and first > last:
        raise _nonsense("until")
    # A field left empty asks for a period with an end, so that it can be compared.
    return Period(first or (last or today) - timedelta(days=LAST_DAYS[USUAL] - 1), last or max(today, first or today))


def _day(field: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _nonsense(field) from error
    if day.year not in SENSIBLE_YEARS:
        raise _nonsense(field)
    return day


def _name(field: str, text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return checked_text(text, field, _LONGEST_NAME)
    except InvalidRequestError as error:
        raise _nonsense(field) from error


def _nonsense(field: str) -> InvalidRequestError:
    error = InvalidRequestError(field, "asks for nothing that there is")
    error.details.update(text_name="selection")
    return error


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
