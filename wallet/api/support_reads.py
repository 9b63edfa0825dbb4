"""What the support line may look up. Answers are the payloads of the contract, with the true causes."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.authentication import support
from wallet.api.context import Scope, wallet_of
from wallet.api.fees import query_fee_kind
from wallet.api.requests import optional_query_text, query_amount, query_limit, query_moment, query_text
from wallet.domain.transfers import Transfer
from wallet.domain.withdrawals import Withdrawal
from wallet.services.cards import list_cards
from wallet.services.fees import quote_fee
from wallet.services.incidents import list_channels, list_incidents
from wallet.services.limits import show_limits
from wallet.services.movements import list_since
from wallet.services.payloads import card_payload, payment_payloads, refund_payloads, topup_payloads, transfer_payloads
from wallet.services.payments import payments_in
from wallet.services.refunds import refunds_in
from wallet.services.support import login_state, security
from wallet.services.topups import topups_in
from wallet.services.transfers import transfers_in
from wallet.services.withdrawals import withdrawals_in

blueprint = Blueprint("support_reads", url_prefix="/v1/support")


@blueprint.get("/users/<user_id:str>/login-state")
@support(Scope.SUPPORT_READ)
async def show_login_state(request: Request, user_id: str) -> HTTPResponse:
    """Why a user can or cannot sign in."""
    return answer(await login_state(wallet_of(request), user_id))


@blueprint.get("/users/<user_id:str>/payments")
@support(Scope.SUPPORT_READ)
async def list_payments_of(request: Request, user_id: str) -> HTTPResponse:
    """Payments, newest first. Query: since (ISO 8601), limit."""
    wallet, since = wallet_of(request), query_moment(request, "since")
    payments = await list_since(wallet, payments_in, user_id, query_limit(request), since)
    return answer_items(await payment_payloads(wallet, user_id, payments))


@blueprint.get("/users/<user_id:str>/topups")
@support(Scope.SUPPORT_READ)
async def list_topups_of(request: Request, user_id: str) -> HTTPResponse:
    """Top-ups, newest first. Query: since (ISO 8601), limit."""
    wallet, since = wallet_of(request), query_moment(request, "since")
    topups = await list_since(wallet, topups_in, user_id, query_limit(request), since)
    return answer_items(await topup_payloads(wallet, user_id, topups))


@blueprint.get("/users/<user_id:str>/transfers")
@support(Scope.SUPPORT_READ)
async def list_transfers_of(request: Request, user_id: str) -> HTTPResponse:
    """Transfers and withdrawals together, newest first. Query: since (ISO 8601), limit."""
    wallet, since, limit = wallet_of(request), query_moment(request, "since"), query_limit(request)
    made: list[Transfer | Withdrawal] = [
        *await list_since(wallet, transfers_in, user_id, limit, since),
        *await list_since(wallet, withdrawals_in, user_id, limit, since),
    ]
    newest = sorted(made, key=lambda each: (each.created_at, each.id), reverse=True)[:limit]
    return answer_items(await transfer_payloads(wallet, user_id, newest))


@blueprint.get("/users/<user_id:str>/refunds")
@support(Scope.SUPPORT_READ)
async def list_refunds_of(request: Request, user_id: str) -> HTTPResponse:
    """Refunds, newest first. Query: since (ISO 8601), limit."""
    wallet, since = wallet_of(request), query_moment(request, "since")
    refunds = await list_since(wallet, refunds_in, user_id, query_limit(request), since)
    return answer_items(await refund_payloads(wallet, user_id, refunds))


@blueprint.get("/users/<user_id:str>/limits")
@support(Scope.SUPPORT_READ)
async def show_limits_of(request: Request, user_id: str) -> HTTPResponse:
    """What a user may spend, and what of today's is used."""
    return answer(await show_limits(wallet_of(request), user_id))


@blueprint.get("/users/<user_id:str>/cards")
@support(Scope.SUPPORT_READ)
async def list_cards_of(request: Request, user_id: str) -> HTTPResponse:
    """The cards a user has bound."""
    wallet = wallet_of(request)
    return answer_items([card_payload(wallet, card) for card in await list_cards(wallet, user_id)])


@blueprint.get("/users/<user_id:str>/security")
@support(Scope.SUPPORT_READ)
async def show_security_of(request: Request, user_id: str) -> HTTPResponse:
    """What protects a user's account."""
    return answer(await security(wallet_of(request), user_id))


@blueprint.get("/topup-channels")
@support(Scope.SUPPORT_READ)
async def list_topup_channels(request: Request) -> HTTPResponse:
    """Every way to add money."""
    return answer_items(await list_channels(wallet_of(request)))


@blueprint.get("/incidents")
@support(Scope.SUPPORT_READ)
async def list_open_incidents(request: Request) -> HTTPResponse:
    """The faults that are open and the works that are planned."""
    return answer_items(await list_incidents(wallet_of(request)))


@blueprint.get("/fees/quote")
@support(Scope.SUPPORT_READ)
async def show_fee_quote(request: Request) -> HTTPResponse:
    """What a movement would cost. Query: kind, channel, amount_minor, currency, user_id (may be left out)."""
    kind, channel = query_fee_kind(request), query_text(request, "channel")
    user_id = optional_query_text(request, "user_id")
    return answer(await quote_fee(wallet_of(request), kind, channel, query_amount(request), user_id))
