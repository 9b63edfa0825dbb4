"""Codes of the error envelope ``{"code", "message", "details", "request_id"}``. Clients branch on the code."""

from __future__ import annotations

from enum import Enum


class ErrorCode(str, Enum):
    """Every code an answer of the wallet may bear."""

    INVALID_REQUEST = "invalid_request"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    BODY_TOO_LARGE = "body_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    CONFLICT = "conflict"
    IDEMPOTENCY_KEY_MISSING = "idempotency_key_missing"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    SIGN_IN_FAILED = "sign_in_failed"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_FROZEN = "account_frozen"
    RESET_TOKEN_INVALID = "reset_token_invalid"  # noqa: S105 - a code
    PASSWORD_TOO_WEAK = "password_too_weak"  # noqa: S105 - a code
    PASSWORD_REQUIRED = "password_required"  # noqa: S105 - a code
    WRONG_CODE = "wrong_code"
    CHALLENGE_INVALID = "challenge_invalid"
    LIMIT_ABOVE_LEVEL = "limit_above_level"
    IDENTITY_NOT_CONFIRMED = "identity_not_confirmed"
    UNDER_AGE = "under_age"
    CARD_NOT_CONFIRMED = "card_not_confirmed"
    TOO_MANY_REQUESTS = "too_many_requests"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"
