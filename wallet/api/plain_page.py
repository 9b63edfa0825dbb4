"""Pages that links of messages open: without scripts, in the reader's language, and nothing of them is kept."""

from __future__ import annotations

from pathlib import Path
from string import Template

from sanic import HTTPResponse, Request
from sanic.response import html

_PAGES = Path(__file__).parent / "pages"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    # The address holds the token.
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


def plain_page(name: str, values: dict[str, str], status: int = 200) -> HTTPResponse:
    """A page of the folder with its blanks filled. Values are escaped already."""
    return html(Template(read_page(name)).substitute(values), status=status, headers=_HEADERS)


def language_of_reader(request: Request) -> str:
    """The first of the reader's languages that pages are written in."""
    for wanted in request.headers.get("Accept-Language", "").lower().split(","):
        if wanted.strip()[:2] in ("zh", "en"):
            return str(wanted.strip()[:2])
    return "zh"


def read_page(name: str) -> str:
    """A file of the folder."""
    return (_PAGES / name).read_text(encoding="utf-8")
