"""What the support line may do for a user: stop things, and send him a reset link. It cannot move money."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer
from wallet.api.authentication import support
from wallet.api.context import Scope, wallet_of
from wallet.api.requests import body_of
from wallet.domain.account_events import Actor
from wallet.domain.errors import InvalidRequestError
from wallet.domain.messages import Medium
from wallet.services.accounts import freeze_account
from wallet.services.cards import freeze_card
from wallet.services.password_resets import send_reset

blueprint = Blueprint("support_protection", url_prefix="/v1/support/users/<user_id:str>")


@blueprint.post("/freeze")
@support(Scope.SUPPORT_PROTECT)
async def freeze_user(request: Request, user_id: str) -> HTTPResponse:
    """Freeze an account until a person lifts it."""
    return answer(await freeze_account(wallet_of(request), user_id, Actor.SUPPORT))


@blueprint.post("/cards/<card_id:str>/freeze")
@support(Scope.SUPPORT_PROTECT)
async def freeze_card_of(request: Request, user_id: str, card_id: str) -> HTTPResponse:
    """Freeze one card."""
    return answer(await freeze_card(wallet_of(request), user_id, card_id))


@blueprint.post("/password-resets")
@support(Scope.SUPPORT_PROTECT)
async def send_password_reset(request: Request, user_id: str) -> HTTPResponse:
    """Send a reset link to a contact on file. Body: by (email or sms)."""
    try:
        medium = Medium(body_of(request).text("by"))
    except ValueError as error:
        raise InvalidRequestError("by is email or sms", field="by") from error
    return answer(await send_reset(wallet_of(request), user_id, medium))
