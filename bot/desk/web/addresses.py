"""Where a request comes from."""

from __future__ import annotations

from sanic import Request


def address_of(request: Request) -> str:
    """Tell the caller's address; behind proxies the one they report, if Sanic is told how many there are."""
    return str(request.remote_addr or request.ip)
