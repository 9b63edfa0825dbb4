"""What every channel of ours reads from a request, with an error that says what is wrong."""

from __future__ import annotations

from typing import Any

from sanic.request import Request

from bot.bearer import bearer
from bot.channels.errors import ChannelError

_LARGEST_SEQ = 2**63 - 1  # the database counts no further


def body_of(request: Request, most_bytes: int | None = None) -> dict[str, Any]:
    """The JSON object of a request. Raises ChannelError."""
    if most_bytes is not None and len(request.body) > most_bytes:
        raise ChannelError(413, "body_too_large", f"a body has at most {most_bytes} bytes")
    try:
        body = request.json
    except Exception as error:  # Sanic raises InvalidUsage, whatever the bytes were
        raise ChannelError(400, "invalid_request", "the body is not JSON") from error
    if not isinstance(body, dict):
        raise ChannelError(400, "invalid_request", "the body is not a JSON object")
    return body


def bearer_of(request: Request) -> str:
    """The token of the Authorization header. Raises ChannelError."""
    token = bearer(request)
    if not token:
        raise ChannelError(401, "unauthenticated", "a session token is needed")
    return token


def seq_of_text(text: str | None) -> int:
    """A sequence number, 0 when none is given. Raises ChannelError for anything else."""
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or int(text) > _LARGEST_SEQ:
        raise ChannelError(400, "invalid_request", "a sequence number is a whole number")
    return int(text)


def address_of(request: Request) -> str:
    """The caller's address; behind proxies the one they report, if Sanic is told how many there are."""
    return str(request.remote_addr or request.ip)
