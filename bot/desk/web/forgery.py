"""Whether a form was sent from a page of the desk, and not by another site in the agent's name."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from sanic import Request

from bot.desk.errors import ForbiddenError

HARMLESS = ("GET", "HEAD", "OPTIONS")


def refuse_forgery(request: Request, expected: str | None) -> None:
    """Refuse what another site had a browser send, or what does not bear the token.

    Raises:
        ForbiddenError: when it is so; what was typed can be sent again from a page loaded anew.
    """
    given = request.headers.get("X-CSRF-Token") or (request.form or {}).get("csrf") or ""
    if not expected or not _alike(given, expected) or not _comes_from_here(request):
        raise ForbiddenError("this form is not the desk's, or too old", {"text_name": "form_too_old"})


def _comes_from_here(request: Request) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host", "")


def _alike(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(errors="surrogateescape"), expected.encode())
