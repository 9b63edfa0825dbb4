"""Lets only those in who are signed in and may be there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote, urlsplit

from sanic import HTTPResponse, Request
from sanic.response import empty, redirect

from bot.desk.agents import sign_ins
from bot.desk.agents.payloads import Agent, Role
from bot.desk.errors import ForbiddenError
from bot.desk.web.cookies import session_token
from bot.desk.web.forgery import HARMLESS, refuse_forgery
from bot.desk.web.rendering import is_htmx, is_stream

SIGN_IN = "/sign-in"
ACCOUNT = "/account"
# Where one may go who has yet to choose a password of his own.
_BEFORE_OWN_PASSWORD = (ACCOUNT, "/account/password", "/account/language", "/sign-out")

Guard = Callable[[Request], Awaitable["HTTPResponse | None"]]


async def know_agent(request: Request) -> HTTPResponse | None:
    """Put who is signed in, and the token his forms bear, into the request's context; lead others to the door."""
    token, context = session_token(request), request.app.ctx
    signed_in = token and await sign_ins.find(context.engine, token, context.clock())
    if not signed_in:
        return _to_sign_in(request)
    request.ctx.agent, request.ctx.csrf = signed_in.agent, signed_in.csrf
    return None


def guard(role: Role) -> Guard:
    """Make what runs before a page, once the agent is known: it refuses what he did not send or may not do."""

    async def let_in(request: Request) -> HTTPResponse | None:
        agent: Agent = request.ctx.agent
        if request.method not in HARMLESS:
            refuse_forgery(request, request.ctx.csrf)
        if agent.must_change_password and request.path not in _BEFORE_OWN_PASSWORD:
            return empty(403, {"HX-Redirect": ACCOUNT}) if is_htmx(request) else redirect(ACCOUNT, status=303)
        if not agent.may(role):
            raise ForbiddenError("this needs another role", {"text_name": "role_needed"})
        return None

    return let_in


def local_path(wanted: str) -> str:
    """Return where to go after signing in: a path of the desk, or its first page."""
    # A browser takes two slashes, or a backslash, for the beginning of another site's address.
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable()
    return wanted if is_ours and not wanted.startswith(SIGN_IN) else "/"


def _to_sign_in(request: Request) -> HTTPResponse:
    if is_htmx(request):
        shown = urlsplit(request.headers.get("HX-Current-URL", ""))
        back = f"{shown.path}?{shown.query}" if shown.query else shown.path
        return empty(401, {"HX-Redirect": _sign_in_then(back)})
    if is_stream(request):
        return empty(401)
    back = request.path if request.method == "GET" else "/"
    if request.method == "GET" and request.query_string:
        back = f"{back}?{request.query_string}"
    return redirect(_sign_in_then(back), status=303)


def _sign_in_then(back: str) -> str:
    path = local_path(back)
    return SIGN_IN if path == "/" else f"{SIGN_IN}?next={quote(path, safe='/')}"
