"""The files a page loads: its styles and modules, and htmx and ECharts as npm brings them."""

from __future__ import annotations

from pathlib import Path

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.errors import NotFoundError
from bot.served_file import ServedFile

_FOLDER = Path(__file__).parent / "static"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_PACKAGES = Path(__file__).parents[3] / "node_modules"
# Of the charts the common ones: half of all.
_FROM_PACKAGES = {"htmx.js": "htmx.org/dist/htmx.min.js", "echarts.js": "echarts/dist/echarts.common.min.js"}


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
    files = {name: ServedFile(path.read_bytes(), _TYPES[path.suffix]) for name, path in paths.items()}
    blueprint = Blueprint("static_files", url_prefix="/static")

    @blueprint.get("/<name:path>")
    async def show_file(request: Request, name: str) -> HTTPResponse:
        if name not in files:
            raise NotFoundError("there is no such file")
        return files[name].answer(request)

    return blueprint
