"""What stands before every page: who may see it, where a form must come from, and the headers of all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import ClientSession

from bot.desk.agents.payloads import Agent, Role
from tests.integration.desk.browsing import Visitor

Hire = Callable[..., Awaitable[Agent]]
Visit = Callable[..., Visitor]
SignedIn = Callable[..., Awaitable[Visitor]]

# Of leads, with what they may download.
LEADS_PAGES = [
    "/audit",
    "/conversations",
    "/conversations.csv",
    "/conversations.jsonl",
    "/dashboard",
    "/dashboard.json",
    "/feedback",
    "/review",
    "/review-set",
    "/unknown",
]
PAGES = ["/account", "/agents", "/frame", *LEADS_PAGES]
FORMS = [
    "/account",
    "/account/password",
    "/account/language",
    "/sign-out",
    "/agents",
    "/agents/1/role",
    "/agents/1/disable",
    "/agents/1/enable",
    "/agents/1/password",
]
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


async def test_a_stranger_is_led_to_the_door(visit: Visit) -> None:
    led = {path: (await visit().get(path)).leads_to for path in PAGES}

    assert led == {path: f"/sign-in?next={path}" for path in PAGES}


async def test_a_strangers_form_is_not_taken(visit: Visit) -> None:
    answers = {path: await visit().post(path, {"csrf": "x"}) for path in FORMS}

    assert {path: (page.status, page.leads_to) for path, page in answers.items()} == dict.fromkeys(
        FORMS, (303, "/sign-in")
    )


async def test_a_part_of_a_page_leads_the_whole_page_to_the_door(visit: Visit) -> None:
    page = await visit().get("/frame", HX_Request="true", HX_Current_URL="http://desk.example/handoffs/WH-1?x=1")

    assert (page.status, page.headers["HX-Redirect"]) == (401, "/sign-in?next=/handoffs/WH-1%3Fx%3D1")


async def test_a_stream_is_refused_and_not_led_anywhere(visit: Visit) -> None:
    page = await visit().get("/frame", Accept="text/event-stream")

    assert (page.status, page.source) == (401, "")


@pytest.mark.parametrize("token", ["", "guessed"])
async def test_a_form_without_the_token_is_refused(signed_in: SignedIn, token: str) -> None:
    visitor = await signed_in("lihua", Role.ADMIN)
    refused = {path: await visitor.post(path, {"csrf": token}) for path in FORMS}

    assert {path: page.status for path, page in refused.items()} == dict.fromkeys(FORMS, 403)
    assert "Reload it and send again." in refused["/agents"].words
    assert (await visitor.get("/account")).status == 200


async def test_a_token_of_another_sign_in_is_refused(signed_in: SignedIn) -> None:
    mine, other = await signed_in("lihua", Role.ADMIN), await signed_in("meimei", Role.ADMIN)

    assert (await mine.post("/account/language", {"csrf": other.csrf, "language": "zh"})).status == 403


@pytest.mark.parametrize(
    "sent_from",
    [{"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "https://evil.example"}],
)
async def test_a_form_of_another_site_is_refused_though_it_bears_the_token(
    signed_in: SignedIn, sent_from: dict[str, str]
) -> None:
    visitor = await signed_in("wang.lei")

    assert (await visitor.post("/account/language", {"language": "zh"}, **sent_from)).status == 403


async def test_a_form_of_our_own_is_taken_whatever_the_browser_says_of_it(signed_in: SignedIn, address: str) -> None:
    visitor = await signed_in("wang.lei")
    taken = [
        await visitor.post("/account/language", {"language": "zh"}, Sec_Fetch_Site="same-origin"),
        await visitor.post("/account/language", {"language": "en"}, Origin=address),
        await visitor.post("/account/language", {"csrf": "", "language": "zh"}, X_CSRF_Token=visitor.csrf or ""),
    ]

    assert [page.status for page in taken] == [303, 303, 303]


@pytest.mark.parametrize(
    ("role", "open_to_it"),
    [
        (Role.AGENT, {"/account", "/frame"}),
        (Role.LEAD, {"/account", "/frame", *LEADS_PAGES}),
        (Role.ADMIN, {"/agents", "/account", "/frame", *LEADS_PAGES}),
    ],
)
async def test_each_role_sees_its_own_pages(signed_in: SignedIn, role: Role, open_to_it: set[str]) -> None:
    visitor = await signed_in("somebody", role)
    answers = {path: (await visitor.get(path)).status for path in PAGES}

    assert answers == {path: 200 if path in open_to_it else 403 for path in answers}


async def test_a_menu_names_only_what_its_reader_may_see(signed_in: SignedIn) -> None:
    agent, lead = await signed_in("wang.lei"), await signed_in("meimei", Role.LEAD)
    pages = [await agent.get("/account"), await lead.get("/account")]

    assert [(page.count("menu-audit"), page.count("menu-agents")) for page in pages] == [(0, 0), (1, 0)]


async def test_only_an_admin_changes_agents(signed_in: SignedIn) -> None:
    await signed_in("lihua", Role.ADMIN)
    lead = await signed_in("meimei", Role.LEAD)
    paths = [path for path in FORMS if path.startswith("/agents")]
    refused = [await lead.post(path, {"role": "admin", "name": "x1", "language": "en"}) for path in paths]

    assert {(page.status, page.part("error")) for page in refused} == {
        (403, "Not allowed Your role may not see this page. Ask an admin. Back to the queue")
    }


@pytest.mark.parametrize("role", [None, Role.AGENT, Role.ADMIN])
async def test_every_page_and_every_refusal_bears_the_headers(
    visit: Visit, signed_in: SignedIn, role: Role | None
) -> None:
    visitor = await signed_in("somebody", role) if role else visit()
    for path in ("/sign-in", *PAGES, "/nowhere"):
        page = await visitor.get(path)

        assert {name: page.headers.get(name) for name in HEADERS} == HEADERS, path


async def test_a_page_holds_no_script_and_no_style_of_its_own(signed_in: SignedIn) -> None:
    visitor = await signed_in("lihua", Role.ADMIN)
    sources = [(await visitor.get(path)).source for path in (*PAGES, "/nowhere")]

    for source in sources:
        assert "<style" not in source
        assert ' style="' not in source
        assert "<script>" not in source
        assert " onclick" not in source


async def test_an_address_that_does_not_exist_is_a_page_to_a_browser_alone(
    visit: Visit, stranger: ClientSession
) -> None:
    page = await visit("zh").get("/nowhere")

    assert (page.status, "没有找到" in page.words) == (404, True)
    assert (await (await stranger.get("/nowhere")).json())["code"] == "not_found"


async def test_an_error_is_a_notice_where_htmx_asks(signed_in: SignedIn) -> None:
    visitor = await signed_in("lihua", Role.ADMIN)
    page = await visitor.post("/agents/99/disable", HX_Request="true")

    assert page.status == 404
    assert page.source.startswith('<p class="notice" role="alert"')
    assert page.part("notice-words") == "There is nothing here. It may have moved, or the address is wrong."


async def test_a_page_that_fails_tells_only_its_number(unmigrated: ClientSession) -> None:
    browser = {"Accept": "text/html", "Accept-Language": "en", "Cookie": "desk_session=x", "X-Request-ID": "page-17"}
    async with unmigrated.get("/account", headers=browser) as answer:
        status, source = answer.status, await answer.text()

    assert (status, "sqlite" in source.lower()) == (503, False)
    assert "The desk cannot reach its database right now." in source


async def test_whoever_must_choose_a_password_sees_nothing_else(signed_in: SignedIn) -> None:
    visitor = await signed_in("newcomer", Role.ADMIN, must_change_password=True)
    led = [await visitor.get("/agents"), await visitor.get("/audit"), await visitor.post("/agents", {"name": "x1"})]

    assert [(page.status, page.leads_to) for page in led] == [(303, "/account")] * 3
    assert (await visitor.get("/frame", HX_Request="true")).headers["HX-Redirect"] == "/account"
    assert (await visitor.get("/account")).count("menu-queue") == 0
