"""Proving who one is, step by step."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.answers import answer
from wallet.api.authentication import signed_in
from wallet.api.context import context_of
from wallet.api.requests import body_of
from wallet.domain.errors import InvalidRequestError
from wallet.domain.identity import BY_CARD, BY_NUMBER
from wallet.services.identity import prove_by_card, prove_by_number
from wallet.services.tokens import Bearer

NAME_LENGTH = 60
NUMBER_LENGTH = 32

blueprint = Blueprint("identity", url_prefix="/v1/identity")


@blueprint.post("/")
@signed_in
async def raise_identity_level(request: Request, bearer: Bearer) -> HTTPResponse:
    """Rise by one level. Body: level; for level 2 also name and id_number, which are not kept. Answers the limits."""
    context, body = context_of(request), body_of(request)
    level = body.values.get("level")
    if isinstance(level, bool) or level not in (BY_NUMBER, BY_CARD):
        raise InvalidRequestError(f"level is {BY_NUMBER} or {BY_CARD}", field="level")
    if level == BY_CARD:
        context.throttle.count(address_of(request), bearer.user_id)
        return answer(await prove_by_card(context.wallet, bearer.user_id))
    name, number = body.text("name", NAME_LENGTH), body.text("id_number", NUMBER_LENGTH)
    context.throttle.count(address_of(request), bearer.user_id)
    return answer(await prove_by_number(context.wallet, bearer.user_id, name, number))
