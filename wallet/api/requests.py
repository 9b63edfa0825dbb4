"""Reading requests: what is missing or of another kind is refused, naming the field."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timezone
from enum import Enum
from typing import Any, TypeVar

from sanic import Request

from wallet.api.json_body import check_text, read_json
from wallet.contract.money import Money, MoneyError
from wallet.contract.times import read_moment
from wallet.domain.currency import CURRENCY, ZERO
from wallet.domain.errors import IdempotencyKeyMissingError, InvalidRequestError, UnsupportedMediaTypeError

E = TypeVar("E", bound=Enum)

JSON = "application/json"
TEXT_LENGTH = 200
KEY_LENGTH = 200
TOKEN_LENGTH = 2000
# A ten-thousandth of what the database's integers hold, so that no sum of amounts overflows.
AMOUNT_MAXIMUM_MINOR = 10**14
# A number of thousands of digits would take long to read.
_DIGITS = re.compile(r"[0-9]{1,20}")
_PRINTABLE = re.compile(r"[ -~]+")
PAGE_LENGTH = 20
PAGE_LENGTH_MAXIMUM = 100


@dataclass(frozen=True)
class Body:
    """The JSON object of a request."""

    values: dict[str, Any]

    def text(self, name: str, maximum: int = TEXT_LENGTH) -> str:
        """A text that is not empty."""
        value = self.optional_text(name, maximum)
        if value is None:
            raise InvalidRequestError(f"{name} is missing", field=name)
        return value

    def optional_text(self, name: str, maximum: int = TEXT_LENGTH) -> str | None:
        """A text that is not empty, or None."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or len(value) > maximum:
            raise InvalidRequestError(f"{name} is a text of 1 to {maximum} characters", field=name)
        check_text(value)
        return value

    def flag(self, name: str) -> bool:
        """A yes or no; no when it is left out."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, bool):
            raise InvalidRequestError(f"{name} is true or false", field=name)
        return bool(value)

    def amount(self, name: str) -> Money:
        """An amount above zero in the wallet's currency."""
        value = self.optional_amount(name)
        if value is None:
            raise InvalidRequestError(f"{name} is missing", field=name)
        return value

    def optional_amount(self, name: str) -> Money | None:
        """An amount above zero in the wallet's currency, or None."""
        value = self.values.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise InvalidRequestError(f"{name} is an object of minor and currency", field=name)
        return _amount(name, value.get("minor"), value.get("currency"))

    def one_of(self, name: str, kind: type[E]) -> E:
        """A code out of an enum."""
        value = self.text(name)
        try:
            return kind(value)
        except ValueError as error:
            raise InvalidRequestError(
                f"{name} is one of {', '.join(each.value for each in kind)}", field=name
            ) from error

    def card_date(self, name: str) -> date:
        """The last day a card is valid, as a date or as the month printed on it (``2031-10``)."""
        value = self.text(name)
        try:
            if len(value) == len("2031-10"):
                month = date.fromisoformat(f"{value}-01")
                return month.replace(day=calendar.monthrange(month.year, month.month)[1])
            return date.fromisoformat(value)
        except ValueError as error:
            raise InvalidRequestError(f"{name} is a date", field=name) from error

    def optional_moment(self, name: str) -> datetime | None:
        """A moment with its zone, or None."""
        value = self.optional_text(name)
        return None if value is None else _moment(name, value)


def body_of(request: Request) -> Body:
    """The JSON object a request carries."""
    if request.content_type.partition(";")[0].strip().lower() != JSON:
        raise UnsupportedMediaTypeError()
    values = read_json(request.body)
    if not isinstance(values, dict):
        raise InvalidRequestError("the body is a JSON object")
    return Body(values)


def idempotency_key_of(request: Request) -> str:
    """The key under which this movement happens once."""
    key: str = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        raise IdempotencyKeyMissingError()
    # Other bytes reach us as no characters at all, and no database keeps them.
    if len(key) > KEY_LENGTH or not _PRINTABLE.fullmatch(key):
        raise InvalidRequestError(f"Idempotency-Key has at most {KEY_LENGTH} characters, all of them printable ASCII")
    return key


def query_text(request: Request, name: str) -> str:
    """A query parameter that has to be there."""
    value = optional_query_text(request, name)
    if value is None:
        raise InvalidRequestError(f"{name} is missing", field=name)
    return value


def optional_query_text(request: Request, name: str) -> str | None:
    """A query parameter, or None."""
    # Kept when blank: ``cursor=`` is a cursor that is none, not the first page.
    value: str | None = request.get_args(keep_blank_values=True).get(name)
    if value is None:
        return None
    if not 1 <= len(value) <= TEXT_LENGTH:
        raise InvalidRequestError(f"{name} is a text of 1 to {TEXT_LENGTH} characters", field=name)
    check_text(value)
    return value


def query_limit(request: Request) -> int:
    """How many items are wanted."""
    value = optional_query_text(request, "limit")
    if value is None:
        return PAGE_LENGTH
    if not _DIGITS.fullmatch(value) or not 1 <= int(value) <= PAGE_LENGTH_MAXIMUM:
        raise InvalidRequestError(f"limit is 1 to {PAGE_LENGTH_MAXIMUM}", field="limit")
    return int(value)


def query_moment(request: Request, name: str) -> datetime | None:
    """A moment with its zone, or None."""
    value = optional_query_text(request, name)
    # In a query string an unescaped plus arrives as a blank.
    return None if value is None else _moment(name, value.replace(" ", "+"))


def _moment(name: str, value: str) -> datetime:
    try:
        return read_moment(value).astimezone(timezone.utc)
    # At either end of time there are moments that another zone has no date for.
    except (ValueError, OverflowError) as error:
        raise InvalidRequestError(f"{name} is an ISO 8601 time with its zone", field=name) from error


def query_amount(request: Request) -> Money:
    """The amount of ``amount_minor`` and ``currency``."""
    minor = query_text(request, "amount_minor")
    if not _DIGITS.fullmatch(minor):
        raise InvalidRequestError("amount_minor is a whole number", field="amount_minor")
    return _amount("amount_minor", int(minor), query_text(request, "currency"))


def _amount(name: str, minor: Any, currency: Any) -> Money:
    try:
        amount = Money(minor, currency)
    except (MoneyError, TypeError) as error:
        raise InvalidRequestError(f"{name} is no amount of money", field=name) from error
    if amount.currency != CURRENCY:
        raise InvalidRequestError(f"accounts are in {CURRENCY}", field=name)
    if not ZERO < amount <= Money(AMOUNT_MAXIMUM_MINOR, CURRENCY):
        raise InvalidRequestError(f"{name} is above zero and below what a wallet holds", field=name)
    return amount
