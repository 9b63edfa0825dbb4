"""Withdrawals of the signed-in user to his own cards. He is told only the cause that may be told."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import body_of, idempotency_key_of, optional_query_text, query_limit
from wallet.domain.withdrawals import Withdrawal
from wallet.services.movements import find_own, list_own, query_issuer
from wallet.services.payloads import as_told, transfer_payloads
from wallet.services.tokens import Bearer
from wallet.services.withdrawals import WithdrawalOrder, withdraw, withdrawals_in

blueprint = Blueprint("withdrawals", url_prefix="/v1/withdrawals")


@blueprint.post("/")
@signed_in
async def create_withdrawal(request: Request, bearer: Bearer) -> HTTPResponse:
    """Take money out, to one's own debit card. A decline is an answer with its cause, no error.

    Header: Idempotency-Key. Body: amount {minor, currency}, card_id.
    """
    body = body_of(request)
    order = WithdrawalOrder(
        user_id=bearer.user_id,
        amount=body.amount("amount"),
        card_id=body.text("card_id"),
        idempotency_key=idempotency_key_of(request),
    )
    return await _answer(request, await withdraw(wallet_of(request), order), status=201)


@blueprint.get("/")
@signed_in
async def list_withdrawals(request: Request, bearer: Bearer) -> HTTPResponse:
    """Withdrawals, newest first. Query: limit, cursor (next_cursor of the page before)."""
    wallet, limit, cursor = wallet_of(request), query_limit(request), optional_query_text(request, "cursor")
    withdrawals = await list_own(wallet, withdrawals_in, bearer.user_id, limit, cursor)
    told = [as_told(payload) for payload in await transfer_payloads(wallet, bearer.user_id, withdrawals)]
    return answer_items(told, next_cursor=withdrawals[-1].id if len(withdrawals) == limit else None)


@blueprint.get("/<withdrawal_id:str>")
@signed_in
async def show_withdrawal(request: Request, bearer: Bearer, withdrawal_id: str) -> HTTPResponse:
    """One withdrawal."""
    return await _answer(request, await find_own(wallet_of(request), withdrawals_in, bearer.user_id, withdrawal_id))


@blueprint.post("/<withdrawal_id:str>/query")
@signed_in
async def query_withdrawal(request: Request, bearer: Bearer, withdrawal_id: str) -> HTTPResponse:
    """Ask the bank what became of a withdrawal whose result is unknown. Never pays out again."""
    found = await query_issuer(wallet_of(request), withdrawals_in, bearer.user_id, withdrawal_id)
    return await _answer(request, found)


async def _answer(request: Request, withdrawal: Withdrawal, status: int = 200) -> HTTPResponse:
    (payload,) = await transfer_payloads(wallet_of(request), withdrawal.user_id, [withdrawal])
    return answer(as_told(payload), status)
