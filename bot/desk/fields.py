"""Reads the fields of a JSON object with their types and bounds, or says which one is wrong and how."""

from __future__ import annotations

import json
import math
from datetime import datetime, timezone
from enum import Enum
from typing import Any, TypeVar

from bot.desk.clock import read_moment
from bot.desk.errors import InvalidRequestError

MOST_ENTRIES = 100
LONGEST_KEY = 64
LONGEST_VALUE = 1000
DEEPEST_NESTING = 5
# Far from the first and last year of the calendar, adding an hour or shifting a zone cannot overflow.
SENSIBLE_YEARS = range(2000, 2200)

Choice = TypeVar("Choice", bound=Enum)


def read_json(body: bytes) -> object:
    """Read a request's body.

    Raises:
        InvalidRequestError: when it is not JSON, or nested beyond measure.
    """
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidRequestError("body", "must be JSON") from error
    return value


class Fields:
    """One JSON object of a request; `path` is where in the body it stands."""

    def __init__(self, value: object, path: str = "") -> None:
        if not isinstance(value, dict):
            raise InvalidRequestError(path or "body", "must be a JSON object")
        self._values: dict[str, Any] = value
        self._path = path

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, longest: int, shortest: int = 1) -> str:
        """Read a text that must be there."""
        return checked_text(self._values.get(name), self._at(name), longest, shortest)

    def optional_text(self, name: str, longest: int) -> str | None:
        """Read a text that may be null or absent."""
        return None if self._values.get(name) is None else self.text(name, longest)

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        """Read one of the values of an enumeration."""
        return checked_choice(self._values.get(name), self._at(name), choices)

    def moment(self, name: str) -> datetime:
        """Read an ISO 8601 time that bears its zone, in UTC."""
        text = self.text(name, longest=40)
        problem = "must be an ISO 8601 time with its zone, such as 2026-03-01T08:30:00Z"
        try:
            moment = read_moment(text)
        except ValueError as error:
            raise InvalidRequestError(self._at(name), problem) from error
        if moment.year not in SENSIBLE_YEARS:
            raise InvalidRequestError(self._at(name), problem)
        return moment.astimezone(timezone.utc)

    def child(self, name: str) -> Fields:
        """Read an object within this one."""
        return Fields(self._values.get(name), self._at(name))

    def children(self, name: str) -> list[Fields]:
        """Read a list of objects."""
        values = self._values.get(name)
        if not isinstance(values, list) or len(values) > MOST_ENTRIES:
            raise InvalidRequestError(self._at(name), f"must be a list of at most {MOST_ENTRIES} objects")
        return [Fields(value, f"{self._at(name)}[{index}]") for index, value in enumerate(values)]

    def any_object(self, name: str) -> dict[str, Any]:
        """Read an object of the sender's own making, bounded in every direction."""
        child = self.child(name)
        _check_bounds(child._values, self._at(name), DEEPEST_NESTING)
        return child._values

    def _at(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name


def checked_text(value: object, field: str, longest: int, shortest: int = 1) -> str:
    """Return a text within its bounds that every database can store."""
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        raise InvalidRequestError(field, f"must be a text of {shortest} to {longest} characters")
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InvalidRequestError(field, "must not contain a zero character or half of a surrogate pair")
    return value


def checked_choice(value: object, field: str, choices: type[Choice]) -> Choice:
    """Return the member of an enumeration that bears this value."""
    for choice in choices:
        if choice.value == value:
            return choice
    raise InvalidRequestError(field, f"must be one of {', '.join(str(choice.value) for choice in choices)}")


def _check_bounds(value: object, field: str, depth: int) -> None:
    if isinstance(value, str):
        checked_text(value, field, LONGEST_VALUE, shortest=0)
    elif isinstance(value, float) and not math.isfinite(value):
        raise InvalidRequestError(field, "must be a finite number")
    elif isinstance(value, (dict, list)):
        if depth == 0 or len(value) > MOST_ENTRIES:
            raise InvalidRequestError(field, f"must have at most {MOST_ENTRIES} entries and {DEEPEST_NESTING} levels")
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            name = checked_text(key, field, LONGEST_KEY) if isinstance(key, str) else str(key)
            _check_bounds(entry, f"{field}.{name}", depth - 1)
