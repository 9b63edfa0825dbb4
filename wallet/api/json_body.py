"""Text of a request as JSON, refused where two readers could take it for two things or a database would not keep it."""

from __future__ import annotations

import json
from typing import Any

from wallet.domain.errors import InvalidRequestError

# No request of ours is nested deeper; a reader of what is stored should not run out of stack either.
DEPTH_MAXIMUM = 20


def read_json(text: bytes) -> Any:
    """The value. Raises InvalidRequestError, which never quotes what was sent."""
    try:
        value = json.loads(text.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
    # Whole numbers of thousands of digits and nesting without end are values no request of ours has.
    except (ValueError, RecursionError) as error:
        raise InvalidRequestError("the body is not JSON") from error
    _check(value, DEPTH_MAXIMUM)
    return value


def check_text(text: str) -> None:
    """Raise InvalidRequestError for characters that no database keeps: NUL, and half of a pair of surrogates."""
    if "\0" in text or _is_broken(text):
        raise InvalidRequestError("a text has a character that is none")


def _is_broken(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a key twice")
    return values


def _refuse(_: str) -> Any:
    raise ValueError("no number of JSON")


def _check(value: Any, depth: int) -> None:
    if depth == 0:
        raise InvalidRequestError("the body is nested too deep")
    if isinstance(value, str) and _is_broken(value):
        raise InvalidRequestError("a text has a character that is none")
    inside = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for inner in inside:
        _check(inner, depth - 1)
