"""Top-ups of the signed-in user. He is told only the cause that may be told."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import body_of, idempotency_key_of, optional_query_text, query_limit
from wallet.domain.topups import Topup
from wallet.services.movements import find_own, list_own, query_issuer
from wallet.services.payloads import as_told, topup_payloads
from wallet.services.tokens import Bearer
from wallet.services.topups import TopupOrder, top_up, topups_in

blueprint = Blueprint("topups", url_prefix="/v1/topups")


@blueprint.post("/")
@signed_in
async def create_topup(request: Request, bearer: Bearer) -> HTTPResponse:
    """Add money through a channel. A decline is an answer with its cause, no error.

    Header: Idempotency-Key. Body: amount {minor, currency}, channel, card_id or null.
    """
    body = body_of(request)
    order = TopupOrder(
        user_id=bearer.user_id,
        amount=body.amount("amount"),
        channel=body.text("channel"),
        card_id=body.optional_text("card_id"),
        idempotency_key=idempotency_key_of(request),
    )
    return await _answer(request, await top_up(wallet_of(request), order), status=201)


@blueprint.get("/")
@signed_in
async def list_topups(request: Request, bearer: Bearer) -> HTTPResponse:
    """Top-ups, newest first. Query: limit, cursor (next_cursor of the page before)."""
    wallet, limit = wallet_of(request), query_limit(request)
    topups = await list_own(wallet, topups_in, bearer.user_id, limit, optional_query_text(request, "cursor"))
    told = [as_told(payload) for payload in await topup_payloads(wallet, bearer.user_id, topups)]
    return answer_items(told, next_cursor=topups[-1].id if len(topups) == limit else None)


@blueprint.get("/<topup_id:str>")
@signed_in
async def show_topup(request: Request, bearer: Bearer, topup_id: str) -> HTTPResponse:
    """One top-up."""
    return await _answer(request, await find_own(wallet_of(request), topups_in, bearer.user_id, topup_id))


@blueprint.post("/<topup_id:str>/query")
@signed_in
async def query_topup(request: Request, bearer: Bearer, topup_id: str) -> HTTPResponse:
    """Ask the issuer what became of a top-up whose result is unknown. Never charges again."""
    return await _answer(request, await query_issuer(wallet_of(request), topups_in, bearer.user_id, topup_id))


async def _answer(request: Request, topup: Topup, status: int = 200) -> HTTPResponse:
    (payload,) = await topup_payloads(wallet_of(request), topup.user_id, [topup])
    return answer(as_told(payload), status)
