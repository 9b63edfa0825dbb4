"""The description of the wallet, for programs at /openapi.json and to read at /docs. Nothing comes from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html, json, raw

from wallet.api.context import context_of
from wallet.api.description import describe
from wallet.api.documentation_page import page_of

_STYLE = Path(__file__).parent / "pages" / "docs.css"
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}

blueprint = Blueprint("documentation")


@blueprint.get("/openapi.json")
async def show_description(request: Request) -> HTTPResponse:
    """The description, without what is not there."""
    return json(_description_for(request))


@blueprint.get("/docs")
async def show_page(request: Request) -> HTTPResponse:
    """The same as a page without scripts."""
    return html(page_of(_description_for(request)), headers=_HEADERS)


@blueprint.get("/docs.css")
async def show_style(_: Request) -> HTTPResponse:
    """The page's style."""
    return raw(_STYLE.read_bytes(), content_type="text/css; charset=utf-8")


def _description_for(request: Request) -> dict[str, Any]:
    return describe(with_development=context_of(request).stage is not None)
