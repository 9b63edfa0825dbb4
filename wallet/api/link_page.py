"""The page a channel's link opens: one button. Opening it does nothing, so programs that preview links do nothing."""

from __future__ import annotations

from html import escape

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.context import context_of, wallet_of
from wallet.api.plain_page import language_of_reader, plain_page
from wallet.domain.errors import TooManyRequestsError
from wallet.services.channel_links import confirm_link, show_request
from wallet.texts.catalogue import in_language

blueprint = Blueprint("link_page")


@blueprint.get("/link-channel")
async def show_link_form(request: Request) -> HTTPResponse:
    """The button, and the number to compare."""
    token = request.args.get("token", "")
    asked = await show_request(wallet_of(request), token)
    if asked is None:
        return _told(request, "invalid_title", "invalid", 400)
    channel = in_language(wallet_of(request).texts.channel(asked.channel), language_of_reader(request))
    words = _words(request, channel=channel)
    values = {**words, "language": language_of_reader(request), "token": escape(token), "number": asked.number}
    return plain_page("link_channel.html", values)


@blueprint.post("/link-channel")
async def submit_link_form(request: Request) -> HTTPResponse:
    """Confirm, or say why not."""
    context, form = context_of(request), request.form or {}
    try:
        context.throttle.count(address_of(request))
    except TooManyRequestsError:
        return _told(request, "too_many_title", "too_many", 429)
    if not await confirm_link(context.wallet, form.get("token", "")):
        return _told(request, "invalid_title", "invalid", 400)
    return _told(request, "done_title", "done")


def _told(request: Request, title: str, text: str, status: int = 200) -> HTTPResponse:
    words, language = _words(request), language_of_reader(request)
    return plain_page("told.html", {"language": language, "title": words[title], "text": words[text]}, status)


def _words(request: Request, channel: str = "") -> dict[str, str]:
    texts, language = wallet_of(request).texts.link_page, language_of_reader(request)
    return {key: escape(in_language(text, language).format(channel=channel)) for key, text in texts.items()}
