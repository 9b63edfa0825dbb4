"""The page a channel's link opens: a number to type. Opening it does nothing, so previews of links do nothing."""

from __future__ import annotations

from html import escape

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.addresses import address_of
from wallet.api.context import context_of, wallet_of
from wallet.api.plain_page import language_of_reader, plain_page
from wallet.domain.errors import TooManyRequestsError
from wallet.services.channel_links import Confirmation, confirm_link, show_request
from wallet.texts.catalogue import in_language

blueprint = Blueprint("link_page")


@blueprint.get("/link-channel")
async def show_link_form(request: Request) -> HTTPResponse:
    """Where the number of the conversation is typed."""
    return await _form(request, request.args.get("token", ""))


@blueprint.post("/link-channel")
async def submit_link_form(request: Request) -> HTTPResponse:
    """Confirm, or say why not."""
    context, form = context_of(request), request.form or {}
    try:
        context.throttle.count(address_of(request))
    except TooManyRequestsError:
        return _told(request, "too_many_title", "too_many", 429)
    token = form.get("token", "")
    match await confirm_link(context.wallet, token, form.get("number", "")):
        case Confirmation.DONE:
            return _told(request, "done_title", "done")
        case Confirmation.WRONG_NUMBER:
            return await _form(request, token, "wrong_number", 422)
        case _:
            return _told(request, "invalid_title", "invalid", 400)


async def _form(request: Request, token: str, problem: str | None = None, status: int = 200) -> HTTPResponse:
    asked = await show_request(wallet_of(request), token)
    if asked is None:
        return _told(request, "invalid_title", "invalid", 400)
    channel = in_language(wallet_of(request).texts.channel(asked.channel), language_of_reader(request))
    words = _words(request, channel=channel)
    told = f'<p class="problem" role="alert">{words[problem]}</p>' if problem else ""
    values = {**words, "language": language_of_reader(request), "token": escape(token), "problem": told}
    return plain_page("link_channel.html", values, status)


def _told(request: Request, title: str, text: str, status: int = 200) -> HTTPResponse:
    words, language = _words(request), language_of_reader(request)
    return plain_page("told.html", {"language": language, "title": words[title], "text": words[text]}, status)


def _words(request: Request, channel: str = "") -> dict[str, str]:
    texts, language = wallet_of(request).texts.link_page, language_of_reader(request)
    return {key: escape(in_language(text, language).format(channel=channel)) for key, text in texts.items()}
