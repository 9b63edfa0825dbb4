"""The files that a page of the desk loads."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.desk.web.static_files import static_files

PROJECT = Path(__file__).parents[3]
TYPES = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "htmx.js": "text/javascript; charset=utf-8",
    "echarts.js": "text/javascript; charset=utf-8",
}


@pytest.mark.parametrize("name", TYPES)
async def test_a_file_is_served_to_everybody_as_what_it_is(stranger: ClientSession, name: str) -> None:
    async with stranger.get(f"/static/{name}") as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (200, TYPES[name])
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "package", "says"), [("htmx.js", "htmx.org", 'version:"{}"'), ("echarts.js", "echarts", '"{}"')]
)
async def test_what_npm_brings_is_the_one_of_the_lock_file(
    stranger: ClientSession, name: str, package: str, says: str
) -> None:
    locked = json.loads((PROJECT / "package-lock.json").read_text())["packages"][f"node_modules/{package}"]["version"]

    assert says.format(locked) in await (await stranger.get(f"/static/{name}")).text()


async def test_no_package_makes_code_of_text(stranger: ClientSession) -> None:
    # The policy of every page forbids it.
    source = await (await stranger.get("/static/echarts.js")).text()

    assert "new Function(" not in source
    assert not re.search(r"[^\w.$]eval\(", source)


async def test_a_file_that_has_not_changed_is_not_sent_again(stranger: ClientSession) -> None:
    tag = (await stranger.get("/static/desk.css")).headers["ETag"]
    again = await stranger.get("/static/desk.css", headers={"If-None-Match": tag})

    assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", tag)


async def test_a_file_is_sent_small_to_those_who_can_unpack_it(stranger: ClientSession) -> None:
    plain = await stranger.get("/static/htmx.js", headers={"Accept-Encoding": "identity"})
    async with ClientSession(str(plain.url.origin()), auto_decompress=False) as session:
        small = await (await session.get("/static/htmx.js", headers={"Accept-Encoding": "gzip"})).read()

    assert gzip.decompress(small) == await plain.read()
    assert len(small) * 2 < len(await plain.read())


@pytest.mark.parametrize(
    "path", ["../desk.css", "%2e%2e/static_files.py", "%2e%2e%2fstatic_files.py", "nothing.js", ""]
)
async def test_nothing_else_is_served(stranger: ClientSession, path: str) -> None:
    assert (await stranger.get(f"/static/{path}")).status == 404


def test_without_the_packages_the_start_ends_with_one_line_that_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        static_files(tmp_path)

    assert str(ended.value) == "The desk's pages need htmx.org/dist/htmx.min.js in node_modules: run make setup."
