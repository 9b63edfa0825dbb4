"""Payloads to JSON and back: dataclasses, enums, Money, aware times, dates, lists and optionals."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timezone
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from wallet.contract.times import read_moment

T = TypeVar("T")


class EncodingError(ValueError):
    """A JSON value that is not the payload it should be."""


def to_json(value: Any) -> Any:
    """Anything of the contract as plain JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise EncodingError("a time without a zone")
        return value.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if isinstance(value, float):
        raise EncodingError("the contract knows no floats")
    return value


def from_json(kind: type[T], value: Any) -> T:
    """The payload of that kind in a JSON value. Unknown keys are ignored, so that a wallet may say more.

    Raises EncodingError when something is missing or of another kind.
    """
    try:
        return _decode(kind, value)  # type: ignore[no-any-return]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EncodingError(f"not a {getattr(kind, '__name__', kind)}: {error!r}") from error


@cache
def _hints(kind: type) -> dict[str, Any]:
    """The types of a payload's fields; to read them from its annotations takes longer than to decode it."""
    return get_type_hints(kind)


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        (inner,) = [argument for argument in get_args(kind) if argument is not type(None)]
        return _decode(inner, value)
    if origin is list:
        (inner,) = get_args(kind)
        if not isinstance(value, list):
            raise EncodingError(f"not a list: {value!r}")
        return [_decode(inner, item) for item in value]
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{name: _decode(hint, value[name]) for name, hint in _hints(kind).items()})
    if kind is datetime:
        return read_moment(value)
    if kind is date:
        return date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise EncodingError(f"not {kind.__name__}: {value!r}")
    return value
