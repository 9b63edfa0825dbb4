"""Refunds of the signed-in user's payments."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import body_of, idempotency_key_of, optional_query_text, query_limit
from wallet.contract.refunds import RefundReason
from wallet.domain.refunds import Refund
from wallet.services.movements import find_own, list_own
from wallet.services.payloads import refund_payloads
from wallet.services.refunds import RefundOrder, ask_refund, refunds_in
from wallet.services.tokens import Bearer

blueprint = Blueprint("refunds", url_prefix="/v1")


@blueprint.post("/payments/<payment_id:str>/refunds")
@signed_in
async def create_refund(request: Request, bearer: Bearer, payment_id: str) -> HTTPResponse:
    """Ask a payment back, or a part of it. The merchant answers within days.

    Header: Idempotency-Key. Body: reason, amount {minor, currency} or null for all that is left.
    """
    body = body_of(request)
    order = RefundOrder(
        user_id=bearer.user_id,
        payment_id=payment_id,
        amount=body.optional_amount("amount"),
        reason=body.one_of("reason", RefundReason),
        idempotency_key=idempotency_key_of(request),
    )
    return await _answer(request, await ask_refund(wallet_of(request), order), status=201)


@blueprint.get("/refunds")
@signed_in
async def list_refunds(request: Request, bearer: Bearer) -> HTTPResponse:
    """Refunds, newest first. Query: limit, cursor (next_cursor of the page before)."""
    wallet, limit, cursor = wallet_of(request), query_limit(request), optional_query_text(request, "cursor")
    refunds = await list_own(wallet, refunds_in, bearer.user_id, limit, cursor)
    payloads = await refund_payloads(wallet, bearer.user_id, refunds)
    return answer_items(payloads, next_cursor=refunds[-1].id if len(refunds) == limit else None)


@blueprint.get("/refunds/<refund_id:str>")
@signed_in
async def show_refund(request: Request, bearer: Bearer, refund_id: str) -> HTTPResponse:
    """One refund."""
    return await _answer(request, await find_own(wallet_of(request), refunds_in, bearer.user_id, refund_id))


async def _answer(request: Request, refund: Refund, status: int = 200) -> HTTPResponse:
    (payload,) = await refund_payloads(wallet_of(request), refund.user_id, [refund])
    return answer(payload, status)
