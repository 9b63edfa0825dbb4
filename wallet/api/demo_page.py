"""The page of the demo: a small wallet app with the support line's widget in it. Development only."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import html, raw, redirect

from wallet.api.context import context_of, wallet_of
from wallet.domain.errors import NotFoundError

_FOLDER = Path(__file__).parents[1] / "demo" / "page"
_TEMPLATE = "index.html"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}

blueprint = Blueprint("demo_page")


@blueprint.get("/")
async def lead_to_page(_: Request) -> HTTPResponse:
    """To the page: nothing else is at the root."""
    return redirect("/demo/")


@blueprint.get("/demo")
async def show_page(request: Request) -> HTTPResponse:
    """The page, told where the bot is and by which zone times are shown."""
    return _page(request)


@blueprint.get("/demo/<name:path>")
async def show_file(request: Request, name: str) -> HTTPResponse:
    """A style, a module or the words of the page; the page itself under no name."""
    if not name:
        return _page(request)
    # Looked up among the names there are, so no path can lead out of the folder.
    files = {file.relative_to(_FOLDER).as_posix(): file for file in _FOLDER.rglob("*") if file.suffix in _TYPES}
    if name not in files:
        raise NotFoundError()
    return raw(files[name].read_bytes(), content_type=_TYPES[files[name].suffix], headers=_headers(request))


def _page(request: Request) -> HTTPResponse:
    values = {"bot": context_of(request).bot_url, "time_zone": wallet_of(request).days.zone.key}
    template = Template((_FOLDER / _TEMPLATE).read_text(encoding="utf-8"))
    page = template.substitute({name: escape(value) for name, value in values.items()})
    return html(page, headers=_headers(request))


def _headers(request: Request) -> dict[str, str]:
    bot = urlsplit(context_of(request).bot_url)
    sources = f"'self' {bot.scheme}://{bot.netloc}"
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; script-src {sources}; style-src {sources}; connect-src {sources}; "
            "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
