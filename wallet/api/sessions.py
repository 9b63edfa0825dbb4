"""Signing in."""

from __future__ import annotations

from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.answers import answer
from wallet.api.context import context_of
from wallet.api.even_steps import EvenSteps
from wallet.api.requests import TOKEN_LENGTH, body_of
from wallet.contract.encoding import to_json
from wallet.domain.credentials import PASSWORD_LENGTH_MAXIMUM
from wallet.domain.errors import SignInFailedError
from wallet.services.accounts import account_named
from wallet.services.sessions import Challenge, Session, challenged_user, pass_second_factor, sign_in

UNNAMED_DEVICE = "unknown"

blueprint = Blueprint("sessions", url_prefix="/v1/sessions")


@blueprint.post("/")
async def create_session(request: Request) -> HTTPResponse:
    """Sign in with a user id, phone or e-mail.

    Body: login, password, device (a name the user would recognise, may be left out), device_token (of a device
    that is to be known again, may be left out). 201 with a token; 202 with a challenge if a code is still to come.
    """
    steps, body, context = EvenSteps(), body_of(request), context_of(request)
    login, password = body.text("login"), body.text("password", PASSWORD_LENGTH_MAXIMUM)
    device = body.optional_text("device") or UNNAMED_DEVICE
    device_token = body.optional_text("device_token", TOKEN_LENGTH)
    context.throttle.count(address_of(request), await account_named(context.wallet, login))
    try:
        outcome = await sign_in(context.wallet, login, password, device, device_token)
    except SignInFailedError:
        await steps.end()
        raise
    if isinstance(outcome, Challenge):
        return answer({"challenge": outcome.token.token, "expires_at": to_json(outcome.token.expires_at)}, status=202)
    return answer(_session(outcome), status=201)


@blueprint.post("/second-factor")
async def pass_second_step(request: Request) -> HTTPResponse:
    """Finish a sign-in that was answered with a challenge.

    Body: challenge, code (of the authenticator app, or a recovery code), remember_device (may be left out; true has
    the device known again for 30 days by the device_token of the answer). A used code is not taken twice.
    """
    body, context = body_of(request), context_of(request)
    challenge, code = body.text("challenge", TOKEN_LENGTH), body.text("code", 32)
    remember = body.flag("remember_device")
    context.throttle.count(address_of(request), challenged_user(context.wallet, challenge))
    return answer(_session(await pass_second_factor(context.wallet, challenge, code, remember)), status=201)


def _session(session: Session) -> dict[str, Any]:
    told = {
        "access_token": session.access.token,
        "expires_at": to_json(session.access.expires_at),
        "user_id": session.user_id,
    }
    if session.device is None:
        return told
    return {
        **told,
        "device_token": session.device.token,
        "device_token_expires_at": to_json(session.device.expires_at),
    }
