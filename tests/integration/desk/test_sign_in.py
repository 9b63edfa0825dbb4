"""Signing in at the desk, staying signed in, and everything that ends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.desk.agents.payloads import Agent, Role
from bot.desk.agents.service import disable_agent
from bot.desk.agents.tables import sign_ins
from bot.desk.database import open_database, reading
from bot.desk.migrate import migrate
from bot.desk.settings import Settings
from tests.integration.desk.browsing import PASSWORD, Visitor, new_session
from tests.integration.desk.conftest import FakeClock, serving

Hire = Callable[..., Awaitable[Agent]]
Visit = Callable[..., Visitor]
SignedIn = Callable[..., Awaitable[Visitor]]


async def test_the_right_password_leads_to_the_queue(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")
    visitor = visit()
    answer = await visitor.sign_in("wang.lei")

    assert (answer.status, answer.leads_to) == (303, "/")
    assert (await visitor.get("/account")).status == 200


async def test_the_name_is_the_same_in_capitals_and_with_blanks(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")

    assert (await visit().sign_in(" Wang.Lei ")).status == 303


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN,zh;q=0.9", "登录名或密码不对。"), ("en-US", "User name and password do not match.")]
)
async def test_a_wrong_password_an_unknown_name_and_a_disabled_agent_are_told_the_same(
    visit: Visit, hire: Hire, settings: Settings, clock: FakeClock, language: str, words: str
) -> None:
    await hire("wang.lei")
    gone = await hire("gone")
    async with open_database(settings.database_url) as engine:
        await disable_agent(engine, gone.id, clock())
    tried = {"wang.lei": "not his password", "nobody": PASSWORD, "gone": PASSWORD}
    told = {name: await visit(language).sign_in(name, password) for name, password in tried.items()}

    assert {(page.status, page.part("problem")) for page in told.values()} == {(401, words)}
    assert len({page.source.replace(f'value="{name}"', "").replace(page.csrf, "") for name, page in told.items()}) == 1


async def test_a_failed_attempt_signs_nobody_in(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")
    visitor = visit()
    await visitor.sign_in("wang.lei", "not his password")

    assert visitor.cookie() is None
    assert (await visitor.get("/account")).leads_to == "/sign-in?next=/account"


async def test_what_was_typed_comes_back_as_text(visit: Visit) -> None:
    page = await visit().sign_in('"><script>alert(1)</script>', "anything at all")

    assert "<script>alert" not in page.source
    assert "&#34;&gt;&lt;script&gt;" in page.source


async def test_the_password_that_was_typed_does_not_come_back(visit: Visit) -> None:
    assert "hunter2 hunter2" not in (await visit().sign_in("wang.lei", "hunter2 hunter2")).source


async def test_the_cookie_is_for_the_server_alone_and_ends_with_the_sign_in(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")
    cookie = (await visit().sign_in("wang.lei")).headers["Set-Cookie"]

    assert cookie.startswith("desk_session=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=43200"}


async def test_outside_development_the_cookie_goes_over_tls_alone(settings: Settings, clock: FakeClock) -> None:
    production = replace(settings, environment="production")
    async with open_database(production.database_url) as engine:
        await migrate(engine)
    async with serving(production, clock) as address, new_session(address, "en") as session:
        cookie = (await Visitor(session).get("/sign-in")).headers["Set-Cookie"]

    assert cookie.startswith("__Host-desk_form=")
    assert {part.strip() for part in cookie.split(";")[1:]} == {"Path=/", "HttpOnly", "SameSite=Lax", "Secure"}


async def test_each_sign_in_has_a_token_of_its_own_and_ends_the_one_before(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")
    visitor, second = visit(), visit()
    await visitor.sign_in("wang.lei")
    before = visitor.cookie()
    # As from a form left open in another tab.
    token = (await second.get("/sign-in")).csrf
    visitor.bear("desk_form", token)
    await visitor.post("/sign-in", {"csrf": token, "name": "wang.lei", "password": PASSWORD})
    after = visitor.cookie()
    second.bear("desk_session", before or "")

    assert after not in (None, before)
    assert (await second.get("/account")).status == 303
    assert (await visitor.get("/account")).status == 200


async def test_a_token_brought_along_is_not_taken_over(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")
    visitor = visit()
    visitor.bear("desk_session", "chosen-by-somebody-else")
    await visitor.sign_in("wang.lei")

    assert visitor.cookie() != "chosen-by-somebody-else"


@pytest.mark.parametrize("forged", ["", "x", "a" * 43, "%00", "线"])
async def test_a_forged_token_opens_nothing(visit: Visit, forged: str) -> None:
    page = await visit().get("/account", Cookie=f"desk_session={forged}")

    assert (page.status, page.leads_to) == (303, "/sign-in?next=/account")


async def test_the_database_does_not_hold_what_the_browser_bears(signed_in: SignedIn, settings: Settings) -> None:
    visitor = await signed_in("wang.lei")
    async with open_database(settings.database_url) as engine, reading(engine) as connection:
        row = (await connection.execute(select(sign_ins))).one()

    assert visitor.cookie() not in row
    assert len(row.token_hash) == 64


async def test_a_sign_in_lasts_twelve_hours(signed_in: SignedIn, clock: FakeClock) -> None:
    visitor = await signed_in("wang.lei")
    clock.move_on(minutes=12 * 60 - 1)
    assert (await visitor.get("/account")).status == 200
    clock.move_on(minutes=1)

    assert (await visitor.get("/account")).status == 303


async def test_signing_in_clears_away_what_has_expired(
    signed_in: SignedIn, settings: Settings, clock: FakeClock
) -> None:
    await signed_in("wang.lei")
    clock.move_on(minutes=12 * 60)
    await signed_in("meimei")
    async with open_database(settings.database_url) as engine, reading(engine) as connection:
        assert len((await connection.execute(select(sign_ins))).all()) == 1


async def test_signing_out_ends_it_even_for_a_copy_of_the_cookie(signed_in: SignedIn, visit: Visit) -> None:
    visitor, copy = await signed_in("wang.lei"), visit()
    copy.bear("desk_session", visitor.cookie() or "")
    assert (await copy.get("/account")).status == 200
    answer = await visitor.post("/sign-out")

    assert (answer.status, answer.leads_to) == (303, "/sign-in")
    assert not visitor.cookie()
    assert (await copy.get("/account")).status == 303


async def test_a_disabled_agent_is_out_at_once(signed_in: SignedIn, settings: Settings, clock: FakeClock) -> None:
    visitor = await signed_in("wang.lei")
    async with open_database(settings.database_url) as engine:
        await disable_agent(engine, 1, clock())

    assert (await visitor.get("/account")).leads_to == "/sign-in?next=/account"


async def test_whoever_is_signed_in_is_led_past_the_form(signed_in: SignedIn) -> None:
    visitor = await signed_in("wang.lei")

    assert (await visitor.get("/sign-in?next=/cases")).leads_to == "/cases"


async def test_after_signing_in_one_is_where_one_wanted_to_be(visit: Visit, hire: Hire) -> None:
    await hire("meimei", Role.LEAD)
    visitor = visit()
    door = (await visitor.get("/audit?action=claim")).leads_to or ""

    assert (await visitor.sign_in("meimei", path=door, next="/audit?action=claim")).leads_to == "/audit?action=claim"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "\\/evil.example", "evil", "/\t/evil.example"],
)
async def test_nobody_is_led_to_another_site(visit: Visit, hire: Hire, elsewhere: str) -> None:
    await hire("wang.lei")

    assert (await visit().sign_in("wang.lei", next=elsewhere)).leads_to == "/"


async def test_the_form_of_another_site_signs_nobody_in(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")
    visitor = visit()
    mine = {"name": "wang.lei", "password": PASSWORD}
    token = (await visitor.get("/sign-in")).csrf
    refused = [
        await visitor.post("/sign-in", mine),
        await visitor.post("/sign-in", {**mine, "csrf": "guessed"}),
        await visitor.post("/sign-in", {**mine, "csrf": token}, Sec_Fetch_Site="cross-site"),
        await visitor.post("/sign-in", {**mine, "csrf": token}, Origin="https://evil.example"),
        await visitor.post("/sign-in", {**mine, "csrf": token}, Origin="null"),
    ]

    assert [page.status for page in refused] == [403] * 5
    assert visitor.cookie() is None


async def test_a_name_can_be_tried_five_times_a_minute(visit: Visit, hire: Hire, clock: FakeClock) -> None:
    await hire("wang.lei")
    visitor = visit()
    tried = [(await visitor.sign_in("Wang.Lei", f"guess number {number}")).status for number in range(5)]
    refused = await visitor.sign_in("wang.lei")
    clock.move_on(minutes=1)

    assert tried == [401] * 5
    assert (refused.status, refused.headers["Retry-After"]) == (429, "61")
    assert refused.part("problem") == "Too many attempts. Try again in a few minutes."
    assert (await visitor.sign_in("wang.lei")).status == 303


async def test_a_name_that_is_nobodys_is_limited_alike(visit: Visit) -> None:
    visitor = visit()

    assert [(await visitor.sign_in("nobody", "x")).status for _ in range(6)] == [401] * 5 + [429]


async def test_an_address_can_try_twenty_names_a_minute(visit: Visit) -> None:
    visitor = visit()

    assert [(await visitor.sign_in(f"name{number}", "x")).status for number in range(21)] == [401] * 20 + [429]


async def test_those_who_know_their_password_do_not_use_the_limit_up(visit: Visit, hire: Hire) -> None:
    await hire("wang.lei")

    assert {(await visit().sign_in("wang.lei")).status for _ in range(25)} == {303}
