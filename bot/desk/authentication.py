"""Who may speak to the desk: whoever bears the service token."""

from __future__ import annotations

from sanic import Request

from bot.bearer import bears
from bot.desk.errors import UnauthenticatedError


async def require_service_token(request: Request) -> None:
    """Refuse a request without the service token.

    Raises:
        UnauthenticatedError: when it is missing or wrong.
    """
    if not bears(request, request.app.ctx.settings.token):
        raise UnauthenticatedError("this needs the service token: Authorization: Bearer …")
