"""The page a reset link opens: a plain form without scripts, in the reader's language."""

from __future__ import annotations

from html import escape

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from wallet.api.addresses import address_of
from wallet.api.context import context_of, wallet_of
from wallet.api.plain_page import language_of_reader, plain_page, read_page
from wallet.contract.errors import ErrorCode
from wallet.domain.credentials import PASSWORD_LENGTH
from wallet.domain.errors import WalletError
from wallet.services.password_resets import confirm_reset
from wallet.texts.catalogue import in_language

_TOLD = (ErrorCode.RESET_TOKEN_INVALID, ErrorCode.PASSWORD_TOO_WEAK, ErrorCode.TOO_MANY_REQUESTS)

blueprint = Blueprint("reset_page")


@blueprint.get("/reset-password")
async def show_form(request: Request) -> HTTPResponse:
    """The form for a new password."""
    return _form(request, request.args.get("token", ""))


@blueprint.post("/reset-password")
async def submit_form(request: Request) -> HTTPResponse:
    """Set the password that was typed twice, or say why not."""
    context, form = context_of(request), request.form or {}
    token, password = form.get("token", ""), form.get("new_password", "")
    if password != form.get("repeated_password", ""):
        return _form(request, token, problem="not_alike", status=422)
    try:
        context.throttle.count(address_of(request))
        await confirm_reset(context.wallet, token, password)
    except WalletError as error:
        if error.code not in _TOLD:
            raise
        return _form(request, token, problem=error.code.value, status=400)
    return _page(request, "password_saved.html")


@blueprint.get("/reset-password.css")
async def show_style(request: Request) -> HTTPResponse:
    """The page's style."""
    return raw(read_page("reset_password.css").encode(), content_type="text/css; charset=utf-8")


def _form(request: Request, token: str, problem: str | None = None, status: int = 200) -> HTTPResponse:
    words = f'<p class="problem" role="alert">{_words(request)[problem]}</p>' if problem else ""
    return _page(request, "reset_password.html", status, token=escape(token), problem=words)


def _page(request: Request, name: str, status: int = 200, **values: str) -> HTTPResponse:
    words = {**_words(request), "language": language_of_reader(request), "minimum": str(PASSWORD_LENGTH)}
    return plain_page(name, {**words, **values}, status)


def _words(request: Request) -> dict[str, str]:
    texts, language = wallet_of(request).texts.reset_page, language_of_reader(request)
    return {key: escape(in_language(text, language).format(minimum=PASSWORD_LENGTH)) for key, text in texts.items()}
