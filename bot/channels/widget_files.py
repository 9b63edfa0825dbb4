"""Serves the widget itself: its modules, its style, and the words by which it knows a secret."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.errors import ChannelError
from bot.privacy.patterns import published

_FOLDER = Path(__file__).parents[1] / "widget"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_WORDS = "secrets.json"


class _File:
    """A file as it is and compressed, with a tag by which a browser knows whether what it has is still it."""

    def __init__(self, content: bytes, content_type: str) -> None:
        self._content = content
        self._compressed = gzip.compress(content, mtime=0)
        self._content_type = content_type
        # Weak: the same tag is given for both forms.
        tag = f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
        self._headers = {
            "Cache-Control": "no-cache",
            "ETag": tag,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }

    def answer(self, request: Request) -> HTTPResponse:
        """The file, or that it has not changed."""
        if request.headers.get("if-none-match") == self._headers["ETag"]:
            return response.empty(304, self._headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return response.raw(self._content, content_type=self._content_type, headers=self._headers)
        headers = {**self._headers, "Content-Encoding": "gzip"}
        return response.raw(self._compressed, content_type=self._content_type, headers=headers)


def widget_files() -> Blueprint:
    """``GET /widget/…``. Every file is read once, at the start."""
    routes = Blueprint("widget_files", url_prefix="/widget")
    files = {
        path.relative_to(_FOLDER).as_posix(): _File(path.read_bytes(), _TYPES[path.suffix])
        for path in _FOLDER.rglob("*")
        if path.suffix in _TYPES
    }
    files[_WORDS] = _File(json.dumps(published(), ensure_ascii=False).encode(), "application/json")

    @routes.get("/<name:path>")
    async def show_file(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            raise ChannelError(404, "not_found", "not found")
        return files[name].answer(request)

    return routes
