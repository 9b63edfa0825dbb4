"""Finding out for a messaging channel who is writing there."""

from __future__ import annotations

import re

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer
from wallet.api.authentication import support
from wallet.api.context import Scope, context_of, wallet_of
from wallet.api.even_steps import EvenSteps
from wallet.api.requests import body_of
from wallet.domain.errors import InvalidRequestError
from wallet.services.accounts import account_named
from wallet.services.channel_links import ask_link, show_link

_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,31}")

blueprint = Blueprint("channel_links", url_prefix="/v1/support/channel-links")


@blueprint.post("/")
@support(Scope.SUPPORT_PROTECT)
async def create_channel_link(request: Request) -> HTTPResponse:
    """Send a link to the contact on file. Answers the same whether the login is someone's or not.

    Body: login, channel (such as wechat), channel_user (who is writing there).
    """
    steps, context, body = EvenSteps(), context_of(request), body_of(request)
    login, channel, channel_user = body.text("login"), body.text("channel"), body.text("channel_user")
    if not _CHANNEL.fullmatch(channel):
        raise InvalidRequestError("channel is a name of small letters, digits and underscores", field="channel")
    # The support line has one address for all its users; who writes there is what an address is elsewhere.
    context.throttle.count(f"{channel}:{channel_user}", await account_named(context.wallet, login))
    asked = await ask_link(context.wallet, login, channel, channel_user)
    await steps.end()
    return answer(asked, status=202)


@blueprint.get("/<link_id:str>")
@support(Scope.SUPPORT_READ)
async def show_channel_link(request: Request, link_id: str) -> HTTPResponse:
    """Where a link stands, and once it is confirmed whose it is."""
    return answer(await show_link(wallet_of(request), link_id))
