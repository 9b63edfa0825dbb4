"""Who may speak to the desk: whoever bears the service token."""

from __future__ import annotations

import hmac

from sanic import Request

from bot.desk.errors import UnauthenticatedError


async def require_service_token(request: Request) -> None:
    """Refuse a request without the service token, in the same time however much of it is right.

    Raises:
        UnauthenticatedError: when it is missing or wrong.
    """
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    expected: str = request.app.ctx.settings.token
    if scheme.lower() != "bearer" or not hmac.compare_digest(_bytes(token.strip()), _bytes(expected)):
        raise UnauthenticatedError("this needs the service token: Authorization: Bearer …")


def _bytes(text: str) -> bytes:
    # Bytes of a header that are not UTF-8 arrive as surrogates.
    return text.encode(errors="surrogateescape")
