"""What a check asks of an answer."""

from __future__ import annotations

from typing import Any

from wallet.conformance.asking import Answer, Target
from wallet.contract.encoding import EncodingError, from_json
from wallet.contract.errors import ErrorCode


class NotMet(Exception):
    """The wallet answered otherwise than the contract asks; the message says what was got."""


class NotTried(Exception):
    """There was nothing to try it with; the message says what is missing."""


def expect_refusal(answer: Answer, code: ErrorCode, status: int) -> None:
    """The envelope with this code under this status."""
    got = answer.body.get("code") if isinstance(answer.body, dict) else None
    if (answer.status, got) != (status, code.value):
        raise NotMet(f"{status} {code.value} was asked for, got {answer.status} {got or 'without a code'}")
    missing = {"message", "details", "request_id"} - set(answer.body)
    if missing:
        raise NotMet(f"the envelope lacks {', '.join(sorted(missing))}")


def expect_payload(kind: type[Any], answer: Answer, status: int = 200) -> Any:
    """The payload of the contract under this status."""
    return _decoded(kind, _found(answer, status))


def expect_items(kind: type[Any], answer: Answer) -> list[Any]:
    """Payloads under ``items`` with 200."""
    body = _found(answer)
    if not isinstance(body, dict) or not isinstance(body.get("items"), list):
        raise NotMet("the body has no list under items")
    return [_decoded(kind, item) for item in body["items"]]


def user_of(target: Target) -> str:
    """The user that may be looked at. Raises NotTried."""
    if target.user is None:
        raise NotTried("no user is named (--user ID)")
    return target.user


def protected_user_of(target: Target) -> str:
    """The user that may be frozen. Raises NotTried."""
    if target.protected_user is None:
        raise NotTried("no user is named that may be frozen (--protect-user ID)")
    return target.protected_user


def _found(answer: Answer, status: int = 200) -> Any:
    if answer.status != status:
        raise NotMet(f"{status} was asked for, got {answer.status}")
    return answer.body


def _decoded(kind: type[Any], value: Any) -> Any:
    try:
        return from_json(kind, value)
    # The message of an encoding error quotes the value, which is a user's.
    except EncodingError as error:
        cause = type(error.__cause__).__name__ if error.__cause__ else "EncodingError"
        raise NotMet(f"the body is no {kind.__name__} ({cause}; fields: {_fields(value)})") from error


def _fields(value: Any) -> str:
    return ", ".join(sorted(value)) if isinstance(value, dict) else type(value).__name__
