"""The second step of signing in, as its user switches it on and off."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.answers import answer
from wallet.api.authentication import signed_in
from wallet.api.context import context_of
from wallet.api.requests import body_of
from wallet.domain.credentials import PASSWORD_LENGTH_MAXIMUM
from wallet.services.tokens import Bearer
from wallet.services.two_factor import begin_two_factor, confirm_two_factor, end_two_factor

CODE_LENGTH = 32

blueprint = Blueprint("two_factor", url_prefix="/v1/two-factor")


@blueprint.post("/")
@signed_in
async def create_two_factor(request: Request, bearer: Bearer) -> HTTPResponse:
    """A secret for an authenticator app, shown this once. Body: password. Nothing changes before a code confirms it."""
    context, password = context_of(request), body_of(request).optional_text("password", PASSWORD_LENGTH_MAXIMUM)
    context.throttle.count(address_of(request), bearer.user_id)
    enrolment = await begin_two_factor(context.wallet, bearer.user_id, password)
    return answer({"secret": enrolment.secret, "otpauth_uri": enrolment.uri}, status=201)


@blueprint.put("/")
@signed_in
async def switch_two_factor_on(request: Request, bearer: Bearer) -> HTTPResponse:
    """Confirm the secret with a code of the app. Body: code. Answers the recovery codes, shown this once."""
    context, code = context_of(request), body_of(request).text("code", CODE_LENGTH)
    context.throttle.count(address_of(request), bearer.user_id)
    return answer({"recovery_codes": await confirm_two_factor(context.wallet, bearer.user_id, code)})


@blueprint.delete("/", ignore_body=False)
@signed_in
async def switch_two_factor_off(request: Request, bearer: Bearer) -> HTTPResponse:
    """Switch it off. Body: password, code (of the app, or a recovery code)."""
    context, body = context_of(request), body_of(request)
    password, code = body.optional_text("password", PASSWORD_LENGTH_MAXIMUM), body.text("code", CODE_LENGTH)
    context.throttle.count(address_of(request), bearer.user_id)
    await end_two_factor(context.wallet, bearer.user_id, password, code)
    return answer({"status": "off"})
