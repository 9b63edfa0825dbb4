"""Where a request comes from."""

from __future__ import annotations

from sanic import Request


def address_of(request: Request) -> str:
    """The caller's address; behind a proxy, the one the proxy reports if Sanic is configured to trust it."""
    return str(request.remote_addr or request.ip)
