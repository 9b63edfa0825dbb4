"""The dashboard as a lead sees it, and the same as JSON."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.desk.agents import sign_ins
from bot.desk.agents.payloads import Language, Role
from bot.desk.agents.service import add_agent
from bot.desk.clock import Clock
from bot.desk.figures.measures import CONTAINED, FUNNEL, TILES
from bot.desk.figures.period import last_days
from bot.desk.selection import read_selection
from bot.desk.settings import Settings
from bot.store.conversations import page
from bot.store.figures import CONDITIONS
from tests.integration.desk.conftest import serving
from tests.integration.desk.figures.recount import COUNTS, Told, counted
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.conftest import SignIn
from tests.integration.desk.review.talk import Record

ZONE = ZoneInfo("Asia/Shanghai")
PATHS = ("/dashboard", "/dashboard.json", "/feedback")


def day_of(told: Told) -> Any:
    return datetime.fromtimestamp(told.began, ZONE).date()


def of_days(told: list[Told], days: int, clock: Clock) -> list[Told]:
    first = last_days(days, clock().astimezone(ZONE).date()).first
    return [each for each in told if first and day_of(each) >= first]


def tile(html: str, name: str) -> str:
    found = re.search(rf'data-role="tile" data-figure="{name}">(.*?)</article>', html, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(found[1])).split())


async def body_of(session: aiohttp.ClientSession, path: str) -> dict[str, Any]:
    async with session.get(path) as answer:
        assert answer.status == 200, await answer.text()
        body: dict[str, Any] = await answer.json()
        return body


@pytest.mark.parametrize("path", PATHS)
async def test_agents_see_no_figures(sign_in: SignIn, path: str) -> None:
    agent = await sign_in("li", role=Role.AGENT)

    assert (await agent.get(path)).status == 403


@pytest.mark.parametrize("path", PATHS)
async def test_a_stranger_is_led_to_the_door(desk: str, path: str) -> None:
    async with aiohttp.ClientSession(desk) as stranger, stranger.get(path, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, f"/sign-in?next={path}")


@pytest.mark.parametrize("token", [None, "Bearer wrong"])
async def test_a_program_without_the_token_is_told_no_figures(desk: str, token: str | None) -> None:
    headers = {"Authorization": token} if token else {}
    async with aiohttp.ClientSession(desk, headers=headers) as program, program.get("/v1/figures") as answer:
        assert (answer.status, (await answer.json())["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("language", Language)
async def test_every_figure_is_shown_with_its_definition(sign_in: SignIn, told: list[Told], language: Language) -> None:
    lead = await sign_in(language=language)
    html = (await lead.get("/dashboard")).html
    shown = set(re.findall(r'data-figure="(\w+)"', html))
    named = {each.name for tile, parts in TILES for each in (tile, *parts)} | {
        each.name for each in (*CONTAINED, *FUNNEL)
    }

    assert shown == named
    assert html.count('data-role="definition"') == html.count('data-role="explain"') >= len(named)


async def test_a_tile_shows_what_it_is_made_of(lead: Visitor, told: list[Told], clock: Clock) -> None:
    found = counted(of_days(told, 30, clock), clock().timestamp())
    words = tile((await lead.get("/dashboard")).html, "contained")

    assert f"{found['contained'] / found['talked'] * 100:.1f}%" in words
    assert f"{found['contained']} of {found['talked']} episodes" in words
    assert "did not come back with the same topic within 24 hours" in words


async def test_small_numbers_are_marked_in_words(lead: Visitor, told: list[Told]) -> None:
    words = tile((await lead.get("/dashboard?period=7")).html, "person_rated_well")

    assert "Fewer than 30 cases." in words


async def test_the_json_says_what_was_counted(lead: Visitor, told: list[Told], clock: Clock) -> None:
    found = counted(of_days(told, 7, clock), clock().timestamp())
    body = await body_of(lead.session, "/dashboard.json?period=7")
    shares = {each["name"]: each for each in body["figures"] if each["unit"] == "share"}

    assert body["period"] == {"name": "7", "from": "2026-02-23", "until": "2026-03-01", "zone": "Asia/Shanghai"}
    for name, each in shares.items():
        if name in CONDITIONS:
            assert (each["numerator"], each["denominator"]) == (found[name], found[CONDITIONS[name].share_of or ""])
    assert [each["name"] for each in body["contained"]] == [each.name for each in CONTAINED]
    assert sum(day["talked"] for day in body["trend"]["counts"]) == found["talked"]
    assert sum(each["talked"] for each in body["by_topic"]) == found["talked"]


async def test_every_link_of_the_dashboard_leads_to_exactly_what_it_counts(
    lead: Visitor, told: list[Told], record: Record, clock: Clock
) -> None:
    now = clock().timestamp()
    body = await body_of(lead.session, "/dashboard.json?from=2026-02-15&until=2026-02-24&channel=widget")
    wanted = [each for each in told if "2026-02-15" <= day_of(each).isoformat() <= "2026-02-24"]
    for each in (*body["figures"], *body["contained"], *body["handoff"]):
        asked = read_selection(dict(parse_qsl(urlsplit(each["conversations"]).query)), ZONE)
        found = await page(record.database, asked, limit=500, now=now)

        assert {row.id for row in found.items} == {
            episode.conversation_id
            for episode in wanted
            if episode.channel == "widget" and COUNTS[asked.figure or ""](episode, now)
        }, each["name"]


async def test_a_program_is_told_what_the_page_tells(
    lead: Visitor, program: aiohttp.ClientSession, told: list[Told]
) -> None:
    query = "?period=all&language=zh"

    assert await body_of(program, f"/v1/figures{query}") == await body_of(lead.session, f"/dashboard.json{query}")


async def test_the_filter_of_the_page_stays_in_its_fields(lead: Visitor, told: list[Told]) -> None:
    html = (await lead.get("/dashboard?from=2026-02-20&until=2026-02-25&channel=widget&topic=ask_fees")).html

    assert 'value="2026-02-20"' in html
    assert '<option value="widget" selected>' in html
    assert '<option value="ask_fees" selected>' in html


@pytest.mark.parametrize("path", PATHS)
async def test_nonsense_is_refused_in_words(lead: Visitor, path: str) -> None:
    refused = await lead.get(f"{path}?period=yesterday")

    assert refused.status == 400
    assert "period" in refused.words


async def test_what_an_address_names_is_text_and_nothing_else(lead: Visitor, told: list[Told]) -> None:
    html = (await lead.get('/dashboard?channel="><script>alert(1)</script>')).html

    assert "<script>alert" not in html


async def test_without_conversations_the_dashboard_says_so(lead: Visitor) -> None:
    shown = await lead.get("/dashboard?period=all")

    assert shown.status == 200
    assert 'data-role="empty"' in shown.html
    assert 'data-role="tile"' not in shown.html


async def test_the_page_holds_no_script_and_no_style_of_its_own(lead: Visitor, told: list[Told]) -> None:
    html = (await lead.get("/dashboard?period=all")).html

    assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []


async def test_what_is_described_is_what_is_told(program: aiohttp.ClientSession, told: list[Told]) -> None:
    schemas = (await body_of(program, "/docs/openapi.json"))["components"]["schemas"]
    body = await body_of(program, "/v1/figures")

    assert set(body) == set(schemas["Figures"]["properties"])
    for each in (*body["figures"], *body["contained"], *body["handoff"]):
        assert set(each) == set(schemas["Figure"]["properties"])
        assert each["unit"] in schemas["Figure"]["properties"]["unit"]["enum"]


async def test_a_period_longer_than_conversations_are_kept_says_so(
    settings: Settings, record: Record, engine: Any, clock: Clock, told: list[Told]
) -> None:
    agent = await add_agent(engine, "wang", "Wang Fang", Role.LEAD, Language.EN, "no hash", False, clock())
    token = await sign_ins.begin(engine, agent, clock())
    async with (
        serving(replace(settings, retention_days=60), clock) as address,
        aiohttp.ClientSession(address, cookies={"desk_session": token}) as session,
    ):
        shown = [await (await session.get(f"/dashboard?period={period}")).text() for period in ("30", "all")]

    assert ["removed after 60 days" in html for html in shown] == [False, True]
