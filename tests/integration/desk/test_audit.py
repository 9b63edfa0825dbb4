"""What is written of the deeds of agents, and how leads read it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.desk.agents.payloads import Agent, Role
from bot.desk.audit import service
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries, record
from bot.desk.database import open_database, writing
from bot.desk.settings import Settings
from tests.integration.desk.browsing import PASSWORD, Visitor
from tests.integration.desk.conftest import FakeClock

Hire = Callable[..., Awaitable[Agent]]
Visit = Callable[..., Visitor]
SignedIn = Callable[..., Awaitable[Visitor]]
Told = tuple[str | None, Action, str | None, str | None]


async def written(settings: Settings) -> list[Told]:
    """Everything, oldest first."""
    async with open_database(settings.database_url) as engine:
        page = await list_entries(engine, EntryFilter(), 100)
    return [(entry.agent_name, entry.action, entry.subject, entry.detail) for entry in reversed(page.items)]


async def test_signing_in_and_out_is_written_with_the_address(
    signed_in: SignedIn, settings: Settings, clock: FakeClock
) -> None:
    await (await signed_in("wang.lei")).post("/sign-out")
    async with open_database(settings.database_url) as engine:
        entries = (await list_entries(engine, EntryFilter(), 100)).items

    assert [(entry.action, entry.agent_name, entry.address, entry.at) for entry in entries] == [
        (Action.SIGN_OUT, "wang.lei", "127.0.0.1", clock.now),
        (Action.SIGN_IN, "wang.lei", "127.0.0.1", clock.now),
    ]


async def test_an_attempt_that_failed_is_written_but_never_what_was_typed(
    visit: Visit, hire: Hire, settings: Settings
) -> None:
    await hire("wang.lei")
    await visit().sign_in("wang.lei", "hunter2 hunter2")
    await visit().sign_in("my-password-in-the-wrong-field", PASSWORD)

    assert await written(settings) == [
        ("wang.lei", Action.SIGN_IN_FAILED, None, None),
        (None, Action.SIGN_IN_FAILED, None, None),
    ]


async def test_every_change_of_an_agent_is_written(signed_in: SignedIn, settings: Settings) -> None:
    admin = await signed_in("lihua", Role.ADMIN)
    await admin.post("/agents", {"name": "tom", "display_name": "", "role": "agent", "language": "en"})
    for deed, fields in (("role", {"role": "lead"}), ("password", {}), ("disable", {}), ("enable", {})):
        await admin.post(f"/agents/2/{deed}", fields)
    new = "a new and longer one"
    await admin.post("/account/password", {"old_password": PASSWORD, "new_password": new, "repeated_password": new})

    assert (await written(settings))[1:] == [
        ("lihua", Action.AGENT_ADDED, "tom", "agent"),
        ("lihua", Action.ROLE_CHANGED, "tom", "agent → lead"),
        ("lihua", Action.PASSWORD_CHANGED, "tom", None),
        ("lihua", Action.AGENT_DISABLED, "tom", None),
        ("lihua", Action.AGENT_ENABLED, "tom", None),
        ("lihua", Action.PASSWORD_CHANGED, "lihua", None),
    ]


async def test_what_was_refused_is_not_written(signed_in: SignedIn, settings: Settings) -> None:
    admin = await signed_in("lihua", Role.ADMIN)
    await admin.post("/agents/1/disable")
    await admin.post("/agents", {"name": "!", "role": "agent", "language": "en"})
    await admin.post("/agents/1/password", {"csrf": "guessed"})

    assert [told[1] for told in await written(settings)] == [Action.SIGN_IN]


async def test_a_deed_that_is_undone_is_not_written(
    hire: Hire, address: str, settings: Settings, clock: FakeClock
) -> None:
    agent = await hire("wang.lei")
    async with open_database(settings.database_url) as engine:
        with pytest.raises(RuntimeError):
            async with writing(engine) as connection:
                await record(connection, agent, Action.CLAIM, "WH-1", None, None, clock.now)
                raise RuntimeError("the deed failed")

    assert await written(settings) == []


def test_rows_are_only_ever_added() -> None:
    assert {name for name in vars(service) if name in ("update", "delete")} == set()


async def fill(settings: Settings, agent: Agent, clock: FakeClock, count: int) -> None:
    """Write claims, a minute apart."""
    async with open_database(settings.database_url) as engine:
        for number in range(count):
            at = clock.now + timedelta(minutes=number)
            await record(engine, agent, Action.CLAIM, f"WH-{number}", None, "10.0.0.1", at)


async def test_a_lead_pages_through_everything_once(
    signed_in: SignedIn, hire: Hire, settings: Settings, clock: FakeClock
) -> None:
    lead = await signed_in("meimei", Role.LEAD)
    await fill(settings, await hire("wang.lei"), clock, 120)
    path, subjects = "/audit?action=claim", []
    while path:
        page = await lead.get(path)
        subjects += [cell for cell in page.words.split() if cell.startswith("WH-")]
        link = page.source.partition('data-role="older"')[0].rpartition('href="')[2].partition('"')[0]
        path = link.replace("&amp;", "&") if page.count("older") else ""

    assert subjects == [f"WH-{number}" for number in reversed(range(120))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("agent=2", 3),
        ("agent=1", 1),
        ("action=claim", 3),
        ("subject=WH-1", 1),
        ("subject=WH", 0),
        ("subject=%00WH-1%00", 1),
        ("day=2026-03-01", 4),
        ("day=2026-03-02", 0),
        ("agent=2&action=claim&subject=WH-2&day=2026-03-01", 1),
        ("agent=x&action=x&day=x", 4),
        ("day=0001-01-01&agent=99999999999999999999&after=99999999999999999999", 4),
    ],
)
async def test_a_lead_finds_what_he_looks_for(
    signed_in: SignedIn, hire: Hire, settings: Settings, clock: FakeClock, query: str, found: int
) -> None:
    lead = await signed_in("meimei", Role.LEAD)
    await fill(settings, await hire("wang.lei"), clock, 3)
    page = await lead.get(f"/audit?{query}")

    assert (page.status, page.count("entry")) == (200, found)
    assert page.count("empty") == (0 if found else 1)


async def test_a_day_is_a_day_of_the_desks_zone(
    signed_in: SignedIn, hire: Hire, settings: Settings, clock: FakeClock
) -> None:
    lead, agent = await signed_in("meimei", Role.LEAD), await hire("wang.lei")
    async with open_database(settings.database_url) as engine:
        for hour in (15, 16):
            at = clock.now.replace(hour=hour, minute=59 if hour == 15 else 0)
            await record(engine, agent, Action.CLAIM, f"WH-{hour}", None, None, at)
    page = await lead.get("/audit?day=2026-03-02")

    # Shanghai is eight hours ahead.
    assert (page.count("entry"), "WH-16" in page.words, "2 Mar 00:00" in page.words) == (1, True, True)


async def test_what_agents_wrote_is_shown_as_text(
    signed_in: SignedIn, hire: Hire, settings: Settings, clock: FakeClock
) -> None:
    lead, agent = await signed_in("meimei", Role.LEAD), await hire("wang.lei")
    async with open_database(settings.database_url) as engine:
        await record(engine, agent, Action.REVEAL, "<b>WH</b>", "<script>alert(1)</script>", "<i>", clock.now)
    source = (await lead.get("/audit?subject=%3Cb%3EWH%3C/b%3E")).source

    assert "<script>alert" not in source
    assert "<b>WH" not in source
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source
