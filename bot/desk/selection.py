"""What is asked of the list of conversations, as it stands in an address: read and written, one way and back. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.desk.errors import InvalidRequestError
from bot.desk.fields import SENSIBLE_YEARS, checked_text
from bot.store.conversation_filter import ConversationFilter
from bot.store.figures import CONDITIONS

LONGEST_WORDS, LONGEST_NAME = 200, 64
_DAY = timedelta(days=1)
_ANSWERS = {"yes": True, "no": False}
_NUMBER = re.compile(r"[0-9]{1,6}")
_SHARE = re.compile(r"0(\.[0-9]{1,6})?|1(\.0{1,6})?|\.[0-9]{1,6}")
FROM, UNTIL = "from", "until"


class _Parameter(NamedTuple):
    """A parameter of the address: the field of the filter it sets, how its value is read and how it is written."""

    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def _words(text: str) -> str:
    return checked_text(text, "q", LONGEST_WORDS)


def _name(text: str) -> str:
    return checked_text(text, "name", LONGEST_NAME)


def _yes_or_no(text: str) -> bool:
    return _ANSWERS[text]


def _say_yes_or_no(value: bool) -> str:
    return "yes" if value else "no"


def _count(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError("this is no number")
    return int(text)


def _stars(text: str) -> int:
    if text not in ("1", "2", "3", "4", "5"):
        raise ValueError("these are no stars")
    return int(text)


def _share(text: str) -> float:
    if not _SHARE.fullmatch(text):
        raise ValueError("this is no share of one")
    return float(text)


def _say_share(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _figure(text: str) -> str:
    if text not in CONDITIONS:
        raise ValueError("there is no such figure")
    return text


_YES_OR_NO: tuple[Callable[[str], Any], Callable[[Any], str]] = (_yes_or_no, _say_yes_or_no)
# In the order in which they stand in an address that is written here.
_PARAMETERS = {
    "q": _Parameter("words", _words),
    "channel": _Parameter("channel", _name),
    "language": _Parameter("language", _name),
    "topic": _Parameter("topic", _name),
    "cause": _Parameter("cause", _name),
    "outcome": _Parameter("outcome", _name),
    "handoff": _Parameter("handoff_state", _name),
    "rating_min": _Parameter("rating_at_least", _stars),
    "rating_max": _Parameter("rating_at_most", _stars),
    "messages_min": _Parameter("min_user_messages", _count),
    "messages_max": _Parameter("max_user_messages", _count),
    "fallbacks_min": _Parameter("min_fallbacks", _count),
    "confidence_below": _Parameter("confidence_below", _share, _say_share),
    "intent": _Parameter("intent", _name),
    "tag": _Parameter("tag", _name),
    "reviewed": _Parameter("reviewed", *_YES_OR_NO),
    "flagged": _Parameter("flagged", *_YES_OR_NO),
    "corrected": _Parameter("corrected", *_YES_OR_NO),
    "verified": _Parameter("verified", *_YES_OR_NO),
    "person": _Parameter("has_person", *_YES_OR_NO),
    "asked": _Parameter("asked_person", *_YES_OR_NO),
    "figure": _Parameter("figure", _figure),
}
# Everything of an address that asks for something; others, such as where a page begins, are not looked at.
PARAMETERS = (FROM, UNTIL, *_PARAMETERS)


def read_selection(arguments: Mapping[str, str], zone: ZoneInfo) -> ConversationFilter:
    """What the parameters of an address ask for. Days are those of the zone; an empty parameter asks for nothing.

    Raises:
        InvalidRequestError: for a value that its parameter cannot have.
    """
    given = {name: text.strip() for name in PARAMETERS if (text := arguments.get(name) or "").strip()}
    values = {_PARAMETERS[name].field: _read(name, given[name]) for name in _PARAMETERS if name in given}
    begins, ends = ("figure_from", "figure_until") if "figure" in given else ("active_from", "active_until")
    if FROM in given:
        values[begins] = _beginning(_day(FROM, given[FROM]), zone)
    if UNTIL in given:
        values[ends] = _beginning(_day(UNTIL, given[UNTIL]) + _DAY, zone)
    return ConversationFilter(**values)


def query_of(wanted: ConversationFilter, zone: ZoneInfo) -> str:
    """The parameters that ask for this, as they stand behind the question mark of an address.

    Raises:
        ValueError: for what no address can ask for: a user, or a time that is not the beginning of a day in the zone.
    """
    if wanted.user_id is not None:
        raise ValueError("a user is not named in an address")
    begins = wanted.active_from if wanted.figure is None else wanted.figure_from
    ends = wanted.active_until if wanted.figure is None else wanted.figure_until
    written = {}
    if begins is not None:
        written[FROM] = _day_of(begins, zone).isoformat()
    if ends is not None:
        written[UNTIL] = (_day_of(ends, zone) - _DAY).isoformat()
    for name, parameter in _PARAMETERS.items():
        value = getattr(wanted, parameter.field)
        if value is not None:
            written[name] = parameter.write(value)
    return urlencode(written)


def _read(name: str, text: str) -> Any:
    try:
        return _PARAMETERS[name].read(text)
    except (ValueError, KeyError, InvalidRequestError) as error:
        raise _nonsense(name) from error


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _nonsense(name) from error
    if day.year not in SENSIBLE_YEARS:
        raise _nonsense(name)
    return day


def _beginning(day: date, zone: ZoneInfo) -> float:
    return datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()


def _day_of(moment: float, zone: ZoneInfo) -> date:
    day = datetime.fromtimestamp(moment, timezone.utc).astimezone(zone).date()
    if _beginning(day, zone) != moment:
        raise ValueError("this is not the beginning of a day")
    return day


def _nonsense(name: str) -> InvalidRequestError:
    error = InvalidRequestError(name, "asks for nothing that there is")
    error.details.update(text_name="selection")
    return error
