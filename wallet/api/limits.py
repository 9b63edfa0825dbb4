"""Spending limits of the signed-in user."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.answers import answer
from wallet.api.authentication import signed_in
from wallet.api.context import context_of, wallet_of
from wallet.api.requests import body_of
from wallet.domain.credentials import PASSWORD_LENGTH_MAXIMUM
from wallet.domain.limits import ChosenLimits
from wallet.services.limits import choose_limits, show_limits
from wallet.services.tokens import Bearer

blueprint = Blueprint("limits", url_prefix="/v1/limits")


@blueprint.get("/")
@signed_in
async def show_own_limits(request: Request, bearer: Bearer) -> HTTPResponse:
    """The limits in force, how far they can be raised, and what of today's is used."""
    return answer(await show_limits(wallet_of(request), bearer.user_id))


@blueprint.put("/")
@signed_in
async def set_own_limits(request: Request, bearer: Bearer) -> HTTPResponse:
    """Set limits within the identity level. Body: per_payment, per_day {minor, currency}; one may be left out.

    To raise one above half of what the level allows, also password.
    """
    context, body = context_of(request), body_of(request)
    choice = ChosenLimits(body.optional_amount("per_payment"), body.optional_amount("per_day"))
    password = body.optional_text("password", PASSWORD_LENGTH_MAXIMUM)
    if password is not None:
        context.throttle.count(address_of(request), bearer.user_id)
    return answer(await choose_limits(context.wallet, bearer.user_id, choice, password))
