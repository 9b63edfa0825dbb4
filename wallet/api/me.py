"""A user about himself, and the proof of who he is that the app hands to the support line."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from wallet.api.answers import answer
from wallet.api.authentication import signed_in
from wallet.api.context import wallet_of
from wallet.api.requests import body_of
from wallet.contract.encoding import to_json
from wallet.domain.account_events import Actor
from wallet.domain.masking import mask_email, mask_phone
from wallet.services.accounts import freeze_account, show_profile
from wallet.services.tokens import Bearer

blueprint = Blueprint("me", url_prefix="/v1")


@blueprint.get("/me")
@signed_in
async def show_me(request: Request, bearer: Bearer) -> HTTPResponse:
    """Profile, balance and status of the signed-in user."""
    profile = await show_profile(wallet_of(request), bearer.user_id)
    user = profile.user
    return json(
        {
            "user_id": user.id,
            "display_name": user.display_name,
            "language": user.language,
            "email_masked": mask_email(user.email) if user.email else None,
            "phone_masked": mask_phone(user.phone) if user.phone else None,
            "identity_level": user.identity_level,
            "two_factor": profile.two_factor,
            "status": profile.status.value,
            "balance": to_json(profile.balance),
        }
    )


@blueprint.post("/me/freeze")
@signed_in
async def freeze_me(request: Request, bearer: Bearer) -> HTTPResponse:
    """Freeze one's own account; only an operator lifts it. Body: reason."""
    reason = body_of(request).text("reason")
    return answer(await freeze_account(wallet_of(request), bearer.user_id, Actor.USER, reason))


@blueprint.post("/support-tokens")
@signed_in
async def create_support_token(request: Request, bearer: Bearer) -> HTTPResponse:
    """A token that tells the support line who is signed in; it opens nothing here."""
    wallet = wallet_of(request)
    signed = wallet.tokens.issue_hotline(bearer.user_id, wallet.now())
    return json({"token": signed.token, "expires_at": to_json(signed.expires_at)}, status=201)
