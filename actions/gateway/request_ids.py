"""The id of the message that is being answered: every call that is made about it carries it."""

from __future__ import annotations

import uuid
from contextvars import ContextVar

_carried: ContextVar[str | None] = ContextVar("carried_request_id", default=None)


def carry_request_id(request_id: str | None) -> None:
    """Have the calls from here on, those of tasks too, carry this id; None: each one of its own."""
    _carried.set(request_id)


def carried_request_id() -> str:
    """The id for a call."""
    return _carried.get() or uuid.uuid4().hex
