"""The bearer token of a request: who shows the right one may speak to the bot or the desk, or read their figures."""

from __future__ import annotations

import hmac

from sanic import Request


def bearer(request: Request) -> str:
    """The token of the Authorization header; empty where there is none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def bears(request: Request, token: str) -> bool:
    """Whether a request bears this token; found out in the same time however much of it is right."""
    given = bearer(request)
    return bool(given) and hmac.compare_digest(_bytes(given), _bytes(token))


def _bytes(text: str) -> bytes:
    # Bytes of a header that are not UTF-8 arrive as surrogates.
    return text.encode(errors="surrogateescape")
