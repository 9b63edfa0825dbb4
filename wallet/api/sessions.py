"""Signing in."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.answers import answer
from wallet.api.context import context_of
from wallet.api.requests import body_of
from wallet.contract.encoding import to_json
from wallet.domain.credentials import PASSWORD_LENGTH_MAXIMUM
from wallet.services.accounts import account_named
from wallet.services.sessions import sign_in

UNNAMED_DEVICE = "unknown"

blueprint = Blueprint("sessions", url_prefix="/v1/sessions")


@blueprint.post("/")
async def create_session(request: Request) -> HTTPResponse:
    """Sign in with a user id, phone or e-mail.

    Body: login, password, device (a name the user would recognise, may be left out).
    """
    body, context = body_of(request), context_of(request)
    login, password = body.text("login"), body.text("password", PASSWORD_LENGTH_MAXIMUM)
    context.throttle.count(address_of(request), await account_named(context.wallet, login))
    session = await sign_in(context.wallet, login, password, body.optional_text("device") or UNNAMED_DEVICE)
    return answer(
        {
            "access_token": session.access.token,
            "expires_at": to_json(session.access.expires_at),
            "user_id": session.user_id,
        },
        status=201,
    )
