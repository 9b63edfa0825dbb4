"""The two cookies: who is signed in, and which sign-in form was shown."""

from __future__ import annotations

from sanic import HTTPResponse, Request

from bot.desk.agents.sign_ins import LASTS

_SESSION = "desk_session"
_FORM = "desk_form"


def session_token(request: Request) -> str | None:
    """Read the token of the one who is signed in."""
    return _read(request, _SESSION)


def set_session(request: Request, response: HTTPResponse, token: str) -> None:
    """Sign the browser in."""
    _set(request, response, _SESSION, token, int(LASTS.total_seconds()))


def end_session(request: Request, response: HTTPResponse) -> None:
    """Sign the browser out."""
    _set(request, response, _SESSION, "", 0)


def form_token(request: Request) -> str | None:
    """Read the token of the sign-in form that this browser was shown."""
    return _read(request, _FORM)


def set_form(request: Request, response: HTTPResponse, token: str) -> None:
    """Remember which sign-in form this browser was shown."""
    _set(request, response, _FORM, token, None)


def _read(request: Request, name: str) -> str | None:
    value: str | None = request.cookies.get(_full_name(request, name))
    return value or None


def _set(request: Request, response: HTTPResponse, name: str, value: str, lasts_s: int | None) -> None:
    full_name = _full_name(request, name)
    response.cookies[full_name] = value
    cookie = response.cookies[full_name]
    cookie["path"] = "/"
    cookie["httponly"] = True
    cookie["samesite"] = "Lax"
    if lasts_s is not None:
        cookie["max-age"] = lasts_s
    if _is_secure(request):
        cookie["secure"] = True


def _full_name(request: Request, name: str) -> str:
    # A browser takes a cookie of this prefix from nobody but this very host, and only over TLS.
    return f"__Host-{name}" if _is_secure(request) else name


def _is_secure(request: Request) -> bool:
    return bool(request.app.ctx.settings.environment != "development")
