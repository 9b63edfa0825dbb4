"""Bank cards of the signed-in user."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.answers import answer, answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import context_of, wallet_of
from wallet.api.requests import body_of
from wallet.services.cards import bind_card, list_cards, remove_card, update_expiry
from wallet.services.payloads import card_payload
from wallet.services.tokens import Bearer

blueprint = Blueprint("cards", url_prefix="/v1/cards")


@blueprint.get("/")
@signed_in
async def list_own_cards(request: Request, bearer: Bearer) -> HTTPResponse:
    """The cards that are bound."""
    wallet = wallet_of(request)
    return answer_items([card_payload(wallet, card) for card in await list_cards(wallet, bearer.user_id)])


@blueprint.post("/")
@signed_in
async def create_card(request: Request, bearer: Bearer) -> HTTPResponse:
    """Bind a card. Body: number, expires (2031-10 as printed on it), phone on file at the bank if it is another one."""
    context, body = context_of(request), body_of(request)
    wallet, number = context.wallet, body.text("number").replace(" ", "")
    expires, phone = body.card_date("expires"), body.optional_text("phone", 32)
    context.throttle.count(address_of(request), bearer.user_id)
    card = await bind_card(wallet, bearer.user_id, number, expires, phone)
    return answer(card_payload(wallet, card), status=201)


@blueprint.patch("/<card_id:str>")
@signed_in
async def update_card(request: Request, bearer: Bearer, card_id: str) -> HTTPResponse:
    """Put the date of a re-issued card on file. Body: expires (2031-10 as printed on it)."""
    context, expires = context_of(request), body_of(request).card_date("expires")
    context.throttle.count(address_of(request), bearer.user_id)
    return answer(card_payload(context.wallet, await update_expiry(context.wallet, bearer.user_id, card_id, expires)))


@blueprint.delete("/<card_id:str>")
@signed_in
async def remove_own_card(request: Request, bearer: Bearer, card_id: str) -> HTTPResponse:
    """Unbind a card. What is on its way to it arrives all the same."""
    await remove_card(wallet_of(request), bearer.user_id, card_id)
    return answer({"status": "removed"})
