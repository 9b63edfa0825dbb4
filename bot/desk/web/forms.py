"""What somebody typed into a form."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from sanic import Request

from bot.desk.errors import InvalidRequestError

Choice = TypeVar("Choice", bound=Enum)


def typed(request: Request, field: str) -> str:
    """Return what a field holds; nothing where it is missing."""
    return storable(str((request.form or {}).get(field) or ""))


def storable(text: str) -> str:
    """Return a text as every database takes it."""
    # The decoding of what browsers send leaves halves of surrogate pairs.
    return text.encode(errors="replace").decode().replace("\0", "")


def chosen(request: Request, field: str, choices: type[Choice]) -> Choice:
    """Return which of the choices a field holds.

    Raises:
        InvalidRequestError: when it is none of them.
    """
    try:
        return choices(typed(request, field))
    except ValueError as error:
        raise InvalidRequestError(field, f"must be one of {', '.join(choice.value for choice in choices)}") from error
