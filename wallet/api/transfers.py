"""Transfers of the signed-in user to others. He is told only the cause that may be told."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import body_of, idempotency_key_of, optional_query_text, query_limit
from wallet.domain.transfers import Transfer
from wallet.services.movements import find_own, list_own
from wallet.services.payloads import as_told, transfer_payloads
from wallet.services.tokens import Bearer
from wallet.services.transfers import TransferOrder, transfer, transfers_in

blueprint = Blueprint("transfers", url_prefix="/v1/transfers")


@blueprint.post("/")
@signed_in
async def create_transfer(request: Request, bearer: Bearer) -> HTTPResponse:
    """Send money to another user. A decline is an answer with its cause, no error.

    Header: Idempotency-Key. Body: amount {minor, currency}, recipient (phone, e-mail or name in the wallet).
    """
    body = body_of(request)
    order = TransferOrder(
        user_id=bearer.user_id,
        amount=body.amount("amount"),
        recipient=body.text("recipient").strip(),
        idempotency_key=idempotency_key_of(request),
    )
    return await _answer(request, await transfer(wallet_of(request), order), status=201)


@blueprint.get("/")
@signed_in
async def list_transfers(request: Request, bearer: Bearer) -> HTTPResponse:
    """Transfers, newest first. Query: limit, cursor (next_cursor of the page before)."""
    wallet, limit = wallet_of(request), query_limit(request)
    transfers = await list_own(wallet, transfers_in, bearer.user_id, limit, optional_query_text(request, "cursor"))
    told = [as_told(payload) for payload in await transfer_payloads(wallet, bearer.user_id, transfers)]
    return answer_items(told, next_cursor=transfers[-1].id if len(transfers) == limit else None)


@blueprint.get("/<transfer_id:str>")
@signed_in
async def show_transfer(request: Request, bearer: Bearer, transfer_id: str) -> HTTPResponse:
    """One transfer."""
    return await _answer(request, await find_own(wallet_of(request), transfers_in, bearer.user_id, transfer_id))


async def _answer(request: Request, made: Transfer, status: int = 200) -> HTTPResponse:
    (payload,) = await transfer_payloads(wallet_of(request), made.user_id, [made])
    return answer(as_told(payload), status)
