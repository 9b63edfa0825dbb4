"""Serves the widget itself: its modules, its style, and the words by which it knows a secret."""

from __future__ import annotations

import json
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.errors import ChannelError
from bot.privacy.patterns import published
from bot.served_file import ServedFile

_FOLDER = Path(__file__).parents[1] / "widget"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
_WORDS = "secrets.json"


def widget_files() -> Blueprint:
    """``GET /widget/…``. Every file is read once, at the start."""
    routes = Blueprint("widget_files", url_prefix="/widget")
    files = {
        path.relative_to(_FOLDER).as_posix(): ServedFile(path.read_bytes(), _TYPES[path.suffix])
        for path in _FOLDER.rglob("*")
        if path.suffix in _TYPES
    }
    files[_WORDS] = ServedFile(json.dumps(published(), ensure_ascii=False).encode(), "application/json")

    @routes.get("/<name:path>")
    async def show_file(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            raise ChannelError(404, "not_found", "not found")
        return files[name].answer(request)

    return routes
