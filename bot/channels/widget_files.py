"""Serves the widget itself: its modules, its style, and the words by which it knows a secret."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.errors import ChannelError
from bot.privacy.words import words

_FOLDER = Path(__file__).parents[1] / "widget"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_WORDS = "secrets.json"


@dataclass(frozen=True)
class _File:
    content: bytes
    content_type: str

    def answer(self, known: str | None) -> HTTPResponse:
        """The file, or that what the browser has is still it."""
        tag = f'"{hashlib.blake2b(self.content, digest_size=12).hexdigest()}"'
        headers = {"Cache-Control": "no-cache", "ETag": tag, "X-Content-Type-Options": "nosniff"}
        if known == tag:
            return response.empty(304, headers)
        return response.raw(self.content, content_type=self.content_type, headers=headers)


def widget_files() -> Blueprint:
    """``GET /widget/…``. Every file is read once, at the start."""
    routes = Blueprint("widget_files", url_prefix="/widget")
    files = {
        path.relative_to(_FOLDER).as_posix(): _File(path.read_bytes(), _TYPES[path.suffix])
        for path in _FOLDER.rglob("*")
        if path.suffix in _TYPES
    }
    files[_WORDS] = _File(json.dumps(words(), ensure_ascii=False).encode(), "application/json")

    @routes.get("/<name:path>")
    async def show_file(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            raise ChannelError(404, "not_found", "not found")
        return files[name].answer(request.headers.get("if-none-match"))

    return routes
