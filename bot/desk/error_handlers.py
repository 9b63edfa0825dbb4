"""Turns every error into the envelope `{"code", "message", "details", "request_id"}`."""

from __future__ import annotations

import logging
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import json
from sqlalchemy.exc import OperationalError

from bot.desk.errors import DeskError, ErrorCode
from bot.telemetry.request_ids import fields_of, request_id

logger = logging.getLogger(__name__)

STATUS = {
    ErrorCode.INVALID_REQUEST: 400,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.REQUEST_TIMEOUT: 408,
    ErrorCode.CONFLICT: 409,
    ErrorCode.BODY_TOO_LARGE: 413,
    ErrorCode.TOO_MANY_REQUESTS: 429,
    ErrorCode.INTERNAL: 500,
    ErrorCode.UNAVAILABLE: 503,
}
CODE_OF_STATUS = {status: code for code, status in STATUS.items()}

# Words for what the web framework refuses; its own would repeat the caller's input.
MESSAGES = {
    ErrorCode.INVALID_REQUEST: "this request cannot be read",
    ErrorCode.UNAUTHENTICATED: "this needs the service token",
    ErrorCode.FORBIDDEN: "this is not allowed",
    ErrorCode.NOT_FOUND: "there is nothing at this address",
    ErrorCode.METHOD_NOT_ALLOWED: "this address does not take this method",
    ErrorCode.REQUEST_TIMEOUT: "the request did not arrive in time",
    ErrorCode.BODY_TOO_LARGE: "the body is larger than 1 MB",
    ErrorCode.TOO_MANY_REQUESTS: "too many requests; wait a little",
    ErrorCode.INTERNAL: "the desk failed; its log tells more under this request id",
    ErrorCode.UNAVAILABLE: "the desk cannot serve this now; try again later",
}


def set_up_error_handlers(app: Sanic) -> None:
    """Answer every error, foreseen or not, with the envelope."""
    app.error_handler.add(DeskError, _desk_error)
    app.error_handler.add(SanicException, _framework_error)
    app.error_handler.add(OperationalError, _database_away)
    app.error_handler.add(Exception, _unforeseen)


def _desk_error(request: Request, error: DeskError) -> HTTPResponse:
    headers = {"WWW-Authenticate": "Bearer"} if error.code is ErrorCode.UNAUTHENTICATED else {}
    return _envelope(request, error.code, error.message, error.details, headers)


def _framework_error(request: Request, error: SanicException) -> HTTPResponse:
    status = error.status_code
    unnamed = ErrorCode.INVALID_REQUEST if 400 <= status < 500 else ErrorCode.INTERNAL
    code = CODE_OF_STATUS.get(status, unnamed)
    if status >= 500:
        logger.error("request failed", exc_info=error, extra=fields_of(request))
    return _envelope(request, code, MESSAGES[code], {}, dict(getattr(error, "headers", {})))


def _database_away(request: Request, error: OperationalError) -> HTTPResponse:
    logger.error("database unavailable", exc_info=error, extra=fields_of(request))
    return _envelope(request, ErrorCode.UNAVAILABLE, MESSAGES[ErrorCode.UNAVAILABLE])


def _unforeseen(request: Request, error: Exception) -> HTTPResponse:
    logger.error("request failed", exc_info=error, extra=fields_of(request))
    return _envelope(request, ErrorCode.INTERNAL, MESSAGES[ErrorCode.INTERNAL])


def _envelope(
    request: Request,
    code: ErrorCode,
    message: str,
    details: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> HTTPResponse:
    body = {"code": code.value, "message": message, "details": details or {}, "request_id": request_id(request)}
    return json(body, status=STATUS[code], headers=headers)
