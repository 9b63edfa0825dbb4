"""The id of a request: the caller's own or a new one, known to everything that is done for it."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar
from typing import Any

from sanic import Request

HEADER = "X-Request-ID"

# A letter at least: what is digits alone may be a phone or a card. Anything else could forge lines in a log.
_ACCEPTED = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9._-]{1,64}")
_current: ContextVar[str | None] = ContextVar("request_id", default=None)


def request_id(request: Request) -> str:
    """Tell the id of a request: the caller's own, or a new one where that is missing or odd."""
    # Made when first asked for: a request that cannot be read fails before any middleware runs.
    if not hasattr(request.ctx, "request_id"):
        wanted = request.headers.get(HEADER, "") if request.headers else ""
        request.ctx.request_id = wanted if _ACCEPTED.fullmatch(wanted) else uuid.uuid4().hex
    known: str = request.ctx.request_id
    return known


def fields_of(request: Request) -> dict[str, Any]:
    """What a line of the log carries that is about a request, also about one that could not be read."""
    return {"fields": {"request_id": request_id(request)}}


def follow(request: Request) -> None:
    """Have everything that is done for a request from here on, tasks too, know its id."""
    _current.set(request_id(request))


def current_request_id() -> str | None:
    """The id of the request that is being served here, if one is."""
    return _current.get()
