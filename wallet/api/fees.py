"""What a movement would cost the signed-in user."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import query_amount, query_text
from wallet.contract.payloads import FeeKind
from wallet.domain.errors import InvalidRequestError
from wallet.services.fees import quote_fee
from wallet.services.tokens import Bearer

blueprint = Blueprint("fees", url_prefix="/v1/fees")


@blueprint.get("/quote")
@signed_in
async def show_own_fee_quote(request: Request, bearer: Bearer) -> HTTPResponse:
    """The fee of an amount, with what is left of the free quota. Query: kind, channel, amount_minor, currency."""
    kind, channel = query_fee_kind(request), query_text(request, "channel")
    return answer(await quote_fee(wallet_of(request), kind, channel, query_amount(request), bearer.user_id))


def query_fee_kind(request: Request) -> FeeKind:
    """The kind of movement that is asked about."""
    try:
        return FeeKind(query_text(request, "kind"))
    except ValueError as error:
        raise InvalidRequestError("no such kind", field="kind") from error
