"""The page of the demo, and the endpoints it needs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.integration.wallet.databases import ON_ONE_DATABASE
from tests.integration.wallet.house import House, Start
from wallet.demo.people import PASSWORD
from wallet.demo.scenarios import load_scenarios
from wallet.settings import Settings

pytestmark = ON_ONE_DATABASE


FOLDER = Path(__file__).parents[3] / "wallet" / "demo" / "page"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.suffix in TYPES)
BOT = "https://bot.example:8443"


async def status_of_raw_path(house: House, path: str) -> int:
    """What a client gets that sends the path as it is: others straighten it first."""
    address = urlsplit(house.url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: wallet\r\nConnection: close\r\n\r\n".encode())
    status_line = await reader.readline()
    writer.close()
    await writer.wait_closed()
    return int(status_line.split()[1])


@pytest.mark.parametrize("path", ["/demo/", "/demo"])
async def test_the_page_is_served(house: House, path: str) -> None:
    page = await house.call("GET", path)
    assert (page.status, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert '<script type="module" src="/demo/app.js"></script>' in page.text


async def test_the_root_leads_to_the_page(house: House) -> None:
    answer = await house.call("GET", "/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/demo/")


async def test_the_page_says_where_the_widget_is_and_allows_it_to_run(settings: Settings, start: Start) -> None:
    async with start(replace(settings, bot_url=f"{BOT}/hotline", time_zone="Asia/Tokyo")) as house:
        page = await house.call("GET", "/demo/")
    assert f'src="{BOT}/hotline/widget/widget.js"' in page.text
    assert 'data-time-zone="Asia/Tokyo"' in page.text
    assert page.headers["Content-Security-Policy"] == (
        f"default-src 'none'; script-src 'self' {BOT}; style-src 'self' {BOT}; connect-src 'self' {BOT}; "
        "img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


@pytest.mark.parametrize("path", ["/demo/", "/demo/app.js"])
async def test_nothing_of_the_page_is_guessed_or_kept(house: House, path: str) -> None:
    headers = (await house.call("GET", path)).headers
    assert (headers["X-Content-Type-Options"], headers["Cache-Control"]) == ("nosniff", "no-cache")
    assert "default-src 'none'" in headers["Content-Security-Policy"]


async def test_nothing_stands_inline(house: House) -> None:
    page = (await house.call("GET", "/demo/")).text
    assert page.count("<script") == page.count('<script type="module" src="')
    assert "<style" not in page
    assert "style=" not in page
    assert "$" not in page


@pytest.mark.parametrize("name", FILES)
async def test_every_file_of_the_page_is_served_as_what_it_is(house: House, name: str) -> None:
    file = await house.call("GET", f"/demo/{name}")
    assert (file.status, file.headers["Content-Type"]) == (200, TYPES[Path(name).suffix])
    assert file.text == (FOLDER / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "path",
    [
        "/demo/README.md",
        "/demo/index.html",
        "/demo/views",
        "/demo/views/",
        "/demo/nothing.js",
        "/demo/../scenarios.yml",
        "/demo/%2e%2e/scenarios.yml",
        "/demo/..%2fscenarios.yml",
        "/demo/views/..%2f..%2fscenarios.yml",
        "/demo/..%5cscenarios.yml",
        "/demo//etc/passwd",
        "/demo/%2fetc%2fpasswd",
        "/demo/app.js%00.css",
    ],
)
async def test_nothing_else_is_served(house: House, path: str) -> None:
    assert await status_of_raw_path(house, path) == 404


@pytest.mark.parametrize("path", ["/", "/demo", "/demo/", "/demo/app.js", "/v1/dev/demo-users"])
async def test_in_production_there_is_no_page(settings: Settings, start: Start, path: str) -> None:
    async with start(replace(settings, environment="production")) as house:
        assert (await house.call("GET", path)).code == "not_found"


async def test_the_demo_users_are_listed_with_the_password_they_share(house: House) -> None:
    listed = (await house.call("GET", "/v1/dev/demo-users")).body
    scenarios = load_scenarios()
    assert [person["login"] for person in listed["items"]] == list(scenarios)
    assert listed["items"][0] == {"login": "chen", "display_name": scenarios["chen"].person.display_name}
    assert listed["password"] == PASSWORD


async def test_a_user_sees_the_ways_to_top_up_with_the_incident_on_one(house: House) -> None:
    await house.demo_user("zhao")
    channels = (await (await house.user()).get("/v1/topup-channels")).body["items"]
    by_code = {channel["code"]: channel for channel in channels}
    assert by_code["bank_card_debit"]["card_kinds"] == ["debit"]
    assert by_code["bank_card_debit"]["incident"] is None
    assert by_code["bank_transfer"]["incident"]["what"]["en"]


async def test_nobody_else_sees_them(house: House) -> None:
    assert (await house.call("GET", "/v1/topup-channels")).code == "unauthenticated"
    refused = await house.call("GET", "/v1/topup-channels", token=house.settings.support_token)
    assert refused.code == "unauthenticated"
