"""What the desk refuses and why. Clients branch on the code, never on the words.

DeskError
├── InvalidRequestError    the request does not say what it must
├── UnauthenticatedError   the service token is missing or wrong
├── ForbiddenError         the caller is known and may not do this
├── NotFoundError          there is no such case
├── ConflictError          the case is not in a state that allows it
└── TooManyRequestsError   the caller must wait
"""

from __future__ import annotations

from enum import Enum
from typing import Any


class ErrorCode(str, Enum):
    """Every code an answer of the desk may bear."""

    INVALID_REQUEST = "invalid_request"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    REQUEST_TIMEOUT = "request_timeout"
    CONFLICT = "conflict"
    TOO_MANY_REQUESTS = "too_many_requests"
    BODY_TOO_LARGE = "body_too_large"
    UNAVAILABLE = "unavailable"
    INTERNAL = "internal"


class DeskError(Exception):
    """A request that the desk understands and declines."""

    code: ErrorCode

    def __init__(self, message: str, details: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details or {}


class InvalidRequestError(DeskError):
    """A request that does not say what it must; `field` names the place."""

    code = ErrorCode.INVALID_REQUEST

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field} {problem}", {"field": field, "problem": problem})


class UnauthenticatedError(DeskError):
    """A caller without the service token."""

    code = ErrorCode.UNAUTHENTICATED


class ForbiddenError(DeskError):
    """Something that this caller may not do, or not see."""

    code = ErrorCode.FORBIDDEN


class NotFoundError(DeskError):
    """A case that the desk does not have."""

    code = ErrorCode.NOT_FOUND


class ConflictError(DeskError):
    """A request that contradicts what the desk has."""

    code = ErrorCode.CONFLICT


class TooManyRequestsError(DeskError):
    """One attempt too many; `retry_after` is how many seconds to wait."""

    code = ErrorCode.TOO_MANY_REQUESTS

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message, {"retry_after": retry_after})
        self.retry_after = retry_after
