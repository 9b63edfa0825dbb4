"""The headers of every page: what it may load, who may frame it, that nothing of it is kept."""

from __future__ import annotations

from sanic import HTTPResponse, Request

PAGE_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with that a browser would not say where a form was sent from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


async def protect_page(_request: Request, response: HTTPResponse) -> None:
    """Add the headers to an answer that does not have its own."""
    for name, value in PAGE_HEADERS.items():
        response.headers.setdefault(name, value)
