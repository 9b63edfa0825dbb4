"""Payments of the signed-in user. He is told only the cause that may be told."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import body_of, idempotency_key_of, optional_query_text, query_limit
from wallet.domain.payments import Payment
from wallet.services.movements import find_own, list_own, query_issuer
from wallet.services.payloads import as_told, payment_payloads
from wallet.services.payments import PaymentOrder, pay, payments_in
from wallet.services.tokens import Bearer

blueprint = Blueprint("payments", url_prefix="/v1/payments")


@blueprint.post("/")
@signed_in
async def create_payment(request: Request, bearer: Bearer) -> HTTPResponse:
    """Pay a merchant, from the balance or with a card. A decline is an answer with its cause, no error.

    Header: Idempotency-Key. Body: amount {minor, currency}, merchant, card_id or null.
    """
    body = body_of(request)
    order = PaymentOrder(
        user_id=bearer.user_id,
        amount=body.amount("amount"),
        merchant=body.text("merchant"),
        card_id=body.optional_text("card_id"),
        device=bearer.device,
        idempotency_key=idempotency_key_of(request),
    )
    return await _answer(request, await pay(wallet_of(request), order), status=201)


@blueprint.get("/")
@signed_in
async def list_payments(request: Request, bearer: Bearer) -> HTTPResponse:
    """Payments, newest first. Query: limit, cursor (next_cursor of the page before)."""
    wallet, limit = wallet_of(request), query_limit(request)
    payments = await list_own(wallet, payments_in, bearer.user_id, limit, optional_query_text(request, "cursor"))
    told = [as_told(payload) for payload in await payment_payloads(wallet, bearer.user_id, payments)]
    return answer_items(told, next_cursor=payments[-1].id if len(payments) == limit else None)


@blueprint.get("/<payment_id:str>")
@signed_in
async def show_payment(request: Request, bearer: Bearer, payment_id: str) -> HTTPResponse:
    """One payment."""
    return await _answer(request, await find_own(wallet_of(request), payments_in, bearer.user_id, payment_id))


@blueprint.post("/<payment_id:str>/query")
@signed_in
async def query_payment(request: Request, bearer: Bearer, payment_id: str) -> HTTPResponse:
    """Ask the issuer what became of a payment whose result is unknown. Never pays again."""
    return await _answer(request, await query_issuer(wallet_of(request), payments_in, bearer.user_id, payment_id))


async def _answer(request: Request, payment: Payment, status: int = 200) -> HTTPResponse:
    (payload,) = await payment_payloads(wallet_of(request), payment.user_id, [payment])
    return answer(as_told(payload), status)
