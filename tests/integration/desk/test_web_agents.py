"""The admins' page of agents."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.desk.agents.payloads import Agent, Role
from bot.desk.agents.service import disable_agent, list_agents
from bot.desk.database import open_database
from bot.desk.errors import ConflictError
from bot.desk.settings import Settings
from tests.integration.desk.browsing import Visitor
from tests.integration.desk.conftest import FakeClock

Hire = Callable[..., Awaitable[Agent]]
Visit = Callable[..., Visitor]
SignedIn = Callable[..., Awaitable[Visitor]]

NEWCOMER = {"name": "Tom.Brown", "display_name": "Tom", "role": "agent", "language": "en"}


async def test_an_added_agent_signs_in_with_the_password_that_is_shown_once(signed_in: SignedIn, visit: Visit) -> None:
    admin, newcomer = await signed_in("lihua", Role.ADMIN), visit()
    page = await admin.post("/agents", NEWCOMER)
    password = page.part("told-password") or ""
    answer = await newcomer.sign_in("tom.brown", password)

    assert (page.part("told-name"), answer.status) == ("tom.brown", 303)
    assert (await newcomer.get("/")).leads_to == "/account"
    assert password not in (await admin.get("/agents")).source


async def test_no_two_passwords_are_alike(signed_in: SignedIn) -> None:
    admin = await signed_in("lihua", Role.ADMIN)
    told = {
        (await admin.post("/agents", {**NEWCOMER, "name": f"tom{n}", "display_name": ""})).part("told-password")
        for n in range(3)
    }

    assert len(told - {None}) == 3


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": ""}, "name"),
        ({"name": "x"}, "name"),
        ({"name": "x" * 33}, "name"),
        ({"name": "tom brown"}, "name"),
        ({"name": "王磊"}, "name"),
        ({"name": "LIHUA"}, "name_taken"),
        ({"display_name": "x" * 41}, "display_name"),
        ({"display_name": "LiHua"}, "display_name_taken"),
        ({"display_name": "", "name": "desk"}, "display_name_taken"),
    ],
    ids=["none", "short", "long", "blank", "chinese", "taken", "shown too long", "shown taken", "the desk"],
)
async def test_an_agent_who_cannot_be_added_is_refused_with_the_reason(
    signed_in: SignedIn, fields: dict[str, str], problem: str
) -> None:
    admin = await signed_in("lihua", Role.ADMIN)
    page = await admin.post("/agents", {**NEWCOMER, **fields})

    assert page.status == 422
    assert f'data-field="{problem}"' in page.source
    assert (await admin.get("/agents")).count("agent") == 1


async def test_a_role_that_there_is_not_is_refused(signed_in: SignedIn) -> None:
    admin = await signed_in("lihua", Role.ADMIN)

    assert (await admin.post("/agents", {**NEWCOMER, "role": "owner"})).status == 400


async def test_another_role_signs_the_agent_out_and_is_his_from_then_on(signed_in: SignedIn) -> None:
    admin, agent = await signed_in("lihua", Role.ADMIN), await signed_in("wang.lei")
    await admin.post("/agents/2/role", {"role": "lead"})

    assert (await agent.get("/account")).status == 303
    await agent.sign_in("wang.lei")
    assert (await agent.get("/audit")).status == 200


async def test_the_role_that_he_has_already_leaves_him_signed_in(signed_in: SignedIn) -> None:
    admin, agent = await signed_in("lihua", Role.ADMIN), await signed_in("wang.lei")
    await admin.post("/agents/2/role", {"role": "agent"})

    assert (await agent.get("/account")).status == 200


async def test_a_disabled_agent_is_out_until_he_is_enabled(signed_in: SignedIn) -> None:
    admin, agent = await signed_in("lihua", Role.ADMIN), await signed_in("wang.lei")
    await admin.post("/agents/2/disable")
    out = [(await agent.get("/account")).status, (await agent.sign_in("wang.lei")).status]
    await admin.post("/agents/2/enable")

    assert out == [303, 401]
    assert (await agent.sign_in("wang.lei")).status == 303


async def test_a_forgotten_password_is_replaced_by_one_that_must_be_changed(signed_in: SignedIn) -> None:
    admin, agent = await signed_in("lihua", Role.ADMIN), await signed_in("wang.lei")
    password = (await admin.post("/agents/2/password")).part("told-password") or ""

    assert (await agent.get("/account")).status == 303
    assert (await agent.sign_in("wang.lei", password)).status == 303
    assert (await agent.get("/account")).part("must-change") is not None


@pytest.mark.parametrize("deed", ["role", "disable", "enable", "password"])
async def test_nobody_changes_himself(signed_in: SignedIn, deed: str) -> None:
    admin = await signed_in("lihua", Role.ADMIN)
    await signed_in("anna", Role.ADMIN)
    page = await admin.post(f"/agents/1/{deed}", {"role": "agent"})

    assert (page.status, "You cannot change your own account here." in page.words) == (409, True)
    assert (await admin.get("/agents")).status == 200


@pytest.mark.parametrize("number", ["99", "0", "x", "-1", "9999999999", "١"])
async def test_somebody_who_is_not_there_cannot_be_changed(signed_in: SignedIn, number: str) -> None:
    admin = await signed_in("lihua", Role.ADMIN)

    assert (await admin.post(f"/agents/{number}/disable")).status == 404


async def test_of_two_last_admins_who_disable_each_other_at_once_one_remains(
    hire: Hire, address: str, settings: Settings, clock: FakeClock
) -> None:
    both = [await hire("lihua", Role.ADMIN), await hire("anna", Role.ADMIN), await hire("wang.lei")][:2]
    async with open_database(settings.database_url) as engine:
        work = [disable_agent(engine, agent.id, clock()) for agent in both]
        ended = await asyncio.gather(*work, return_exceptions=True)
        left = [agent.name for agent in await list_agents(engine) if agent.role is Role.ADMIN and not agent.is_disabled]

    assert sorted(type(end) for end in ended if end) == [ConflictError]
    assert len(left) == 1
