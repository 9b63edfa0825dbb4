"""Every error of this process as JSON: a status and ``{"code", "message"}``."""

from __future__ import annotations

import logging
from typing import Any

from rasa.core.lock_store import LockError
from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.errors import ChannelError
from bot.telemetry.request_ids import fields_of

logger = logging.getLogger(__name__)

_CODES = {
    400: "invalid_request",
    404: "not_found",
    405: "method_not_allowed",
    408: "too_slow",
    413: "body_too_large",
    503: "unavailable",
}
_RETRY_SECONDS = 1


def setup_error_handlers(app: Sanic) -> None:
    """Answer every error of this process alike."""
    app.error_handler.add(ChannelError, _refuse)
    app.error_handler.add(SanicException, _refuse_for_sanic)
    for error in (SQLAlchemyError, LockError):
        app.error_handler.add(error, _say_unavailable)
    app.error_handler.add(Exception, _say_failed)


def _answer(
    status: int, code: str, message: str, retry_after: int | None = None, details: dict[str, Any] | None = None
) -> HTTPResponse:
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return response.json({"code": code, "message": message, **(details or {})}, status=status, headers=headers)


async def _refuse(_request: Request, error: ChannelError) -> HTTPResponse:
    return _answer(error.status, error.code, str(error), error.retry_after, error.details)


async def _refuse_for_sanic(request: Request, error: SanicException) -> HTTPResponse:
    status = error.status_code or 500
    if status >= 500 and status != 503:
        return await _say_failed(request, error)
    # Sanic's own words may repeat what a caller sent.
    code = _CODES.get(status, "invalid_request")
    return _answer(status, code, code.replace("_", " "))


async def _say_unavailable(request: Request, error: Exception) -> HTTPResponse:
    """A turn that could not be kept has not happened: whoever sent the message sends it again."""
    logger.error("a turn was lost", exc_info=error, extra=fields_of(request))
    return _answer(503, "unavailable", "the message could not be kept; send it again in a moment", _RETRY_SECONDS)


async def _say_failed(request: Request, error: Exception) -> HTTPResponse:
    logger.error("a request failed", exc_info=error, extra=fields_of(request))
    return _answer(500, "internal_error", "something went wrong here; it has been noted")
