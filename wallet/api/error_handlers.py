"""Errors into the envelope of the contract. The only table of codes and HTTP statuses."""

from __future__ import annotations

import logging
from typing import Any

from sanic import HTTPResponse, Request, Sanic
from sanic.exceptions import SanicException
from sanic.response import json

from wallet.api.request_log import request_id_of
from wallet.contract.errors import ErrorCode
from wallet.domain.errors import TooManyRequestsError, WalletError

STATUS_OF_CODE = {
    ErrorCode.INVALID_REQUEST: 400,
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.BODY_TOO_LARGE: 413,
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: 415,
    ErrorCode.CONFLICT: 409,
    ErrorCode.IDEMPOTENCY_KEY_MISSING: 400,
    ErrorCode.IDEMPOTENCY_KEY_REUSED: 409,
    ErrorCode.SIGN_IN_FAILED: 401,
    ErrorCode.ACCOUNT_LOCKED: 403,
    ErrorCode.ACCOUNT_FROZEN: 403,
    ErrorCode.RESET_TOKEN_INVALID: 400,
    ErrorCode.PASSWORD_TOO_WEAK: 422,
    ErrorCode.PASSWORD_REQUIRED: 403,
    ErrorCode.WRONG_CODE: 422,
    ErrorCode.CHALLENGE_INVALID: 400,
    ErrorCode.LIMIT_ABOVE_LEVEL: 422,
    ErrorCode.IDENTITY_NOT_CONFIRMED: 422,
    ErrorCode.UNDER_AGE: 422,
    ErrorCode.CARD_NOT_CONFIRMED: 422,
    ErrorCode.TOO_MANY_REQUESTS: 429,
    ErrorCode.UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}

# What the framework refuses before a handler sees it.
_CODE_OF_FRAMEWORK_STATUS = {
    404: ErrorCode.NOT_FOUND,
    405: ErrorCode.METHOD_NOT_ALLOWED,
    413: ErrorCode.BODY_TOO_LARGE,
    503: ErrorCode.UNAVAILABLE,
}
_MESSAGE_OF_FRAMEWORK_CODE = {
    ErrorCode.INVALID_REQUEST: "the request cannot be read",
    ErrorCode.NOT_FOUND: "not found",
    ErrorCode.METHOD_NOT_ALLOWED: "this path has no such method",
    ErrorCode.BODY_TOO_LARGE: "the body is too large",
    ErrorCode.UNAVAILABLE: "not available at the moment",
}

logger = logging.getLogger("wallet.errors")


def setup_error_handlers(app: Sanic) -> None:
    """Every error of every kind leaves as an envelope."""
    app.error_handler.add(WalletError, answer_wallet_error)
    app.error_handler.add(SanicException, answer_framework_error)
    app.error_handler.add(Exception, answer_unknown_error)


def answer_wallet_error(request: Request, error: WalletError) -> HTTPResponse:
    """A refusal of the wallet, with its code and details."""
    headers = {"Retry-After": str(error.details["retry_after_seconds"])} if _says_when(error) else {}
    return _envelope(request, error.code, str(error), error.details, STATUS_OF_CODE[error.code], headers)


def answer_framework_error(request: Request, error: SanicException) -> HTTPResponse:
    """A refusal of the framework, in words of ours: its own may quote the request."""
    status = getattr(error, "status_code", None) or 500
    if status >= 500 and status not in _CODE_OF_FRAMEWORK_STATUS:
        return answer_unknown_error(request, error)
    code = _CODE_OF_FRAMEWORK_STATUS.get(status, ErrorCode.INVALID_REQUEST)
    headers = dict(getattr(error, "headers", {}))
    return _envelope(request, code, _MESSAGE_OF_FRAMEWORK_CODE[code], {}, status, headers)


def answer_unknown_error(request: Request, error: Exception) -> HTTPResponse:
    """A mistake of ours: the caller hears the request id, the log hears the rest."""
    logger.error("unknown error", exc_info=error, extra={"fields": {"request_id": request_id_of(request)}})
    return _envelope(request, ErrorCode.INTERNAL, WalletError.message, {}, STATUS_OF_CODE[ErrorCode.INTERNAL], {})


def _says_when(error: WalletError) -> bool:
    return isinstance(error, TooManyRequestsError)


def _envelope(
    request: Request, code: ErrorCode, message: str, details: dict[str, Any], status: int, headers: dict[str, str]
) -> HTTPResponse:
    request.ctx.refusal = code.value
    body = {"code": code.value, "message": message, "details": details, "request_id": request_id_of(request)}
    # The framework adds a length of its own; one taken over from its error page would not fit.
    kept = {name: value for name, value in headers.items() if name.lower() != "content-length"}
    return json(body, status=status, headers=kept)
