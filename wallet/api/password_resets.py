"""Asking for a reset link and using it, for those who cannot sign in."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from wallet.api.addresses import address_of
from wallet.api.context import context_of
from wallet.api.even_steps import EvenSteps
from wallet.api.requests import body_of
from wallet.services.accounts import account_named
from wallet.services.password_resets import confirm_reset, request_reset

blueprint = Blueprint("password_resets", url_prefix="/v1/password-resets")


@blueprint.post("/")
async def create_password_reset(request: Request) -> HTTPResponse:
    """Send a link to the contact on file. Answers the same whether the login is someone's or not. Body: login."""
    steps, context, login = EvenSteps(), context_of(request), body_of(request).text("login")
    context.throttle.count(address_of(request), await account_named(context.wallet, login))
    await request_reset(context.wallet, login)
    await steps.end()
    return json({"status": "accepted"}, status=202)


@blueprint.post("/confirm")
async def confirm_password_reset(request: Request) -> HTTPResponse:
    """Set a new password with the token of a link. Body: token, new_password."""
    context, body = context_of(request), body_of(request)
    context.throttle.count(address_of(request))
    # Any length is read here; what a password has to be is said by one rule in one place.
    await confirm_reset(context.wallet, body.text("token"), body.text("new_password", 10_000))
    return json({"status": "changed"})
