"""The files a page loads: its styles and modules, and htmx as npm brings it."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from sanic import Blueprint, HTTPResponse, Request, response

from bot.desk.errors import NotFoundError

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PACKAGES = Path(__file__).parents[3] / "node_modules"
_FROM_PACKAGES = {"htmx.js": "htmx.org/dist/htmx.min.js"}


class _File:
    """A file as it is and compressed, with a tag by which a browser knows whether what it has is still it."""

    def __init__(self, path: Path) -> None:
        self._content = path.read_bytes()
        self._compressed = gzip.compress(self._content, mtime=0)
        self._content_type = _TYPES[path.suffix]
        # Weak: the same tag is given for both forms.
        tag = f'W/"{hashlib.blake2b(self._content, digest_size=12).hexdigest()}"'
        self._headers = {
            "Cache-Control": "no-cache",
            "ETag": tag,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
        }

    def answer(self, request: Request) -> HTTPResponse:
        """Answer with the file, or that it has not changed."""
        if request.headers.get("if-none-match") == self._headers["ETag"]:
            return response.empty(304, self._headers)
        if "gzip" not in request.headers.get("accept-encoding", ""):
            return response.raw(self._content, content_type=self._content_type, headers=self._headers)
        headers = {**self._headers, "Content-Encoding": "gzip"}
        return response.raw(self._compressed, content_type=self._content_type, headers=headers)


def static_files(packages: Path = _PACKAGES) -> Blueprint:
    """Make the routes below /static. Every file is read once, at the start.

    Raises:
        SystemExit: when npm has not brought its packages.
    """
    paths = {path.relative_to(_FOLDER).as_posix(): path for path in _FOLDER.rglob("*") if path.suffix in _TYPES}
    for name, package_path in _FROM_PACKAGES.items():
        paths[name] = packages / package_path
        if not paths[name].is_file():
            raise SystemExit(f"The desk's pages need {package_path} in node_modules: run make setup.")
    # Looked up among the names there are, so no path can lead out of the folder.
    files = {name: _File(path) for name, path in paths.items()}
    blueprint = Blueprint("static_files", url_prefix="/static")

    @blueprint.get("/<name:path>")
    async def show_file(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            raise NotFoundError("there is no such file")
        return files[name].answer(request)

    return blueprint
