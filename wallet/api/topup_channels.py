"""The ways to add money, for the signed-in user to choose from."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer_items
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.services.incidents import list_channels
from wallet.services.tokens import Bearer

blueprint = Blueprint("topup_channels", url_prefix="/v1/topup-channels")


@blueprint.get("/")
@signed_in
async def list_topup_channels(request: Request, _: Bearer) -> HTTPResponse:
    """Every way to add money, with the cards it takes and the incident that is open on it."""
    return answer_items(await list_channels(wallet_of(request)))
