"""A deed that has begun is done and kept in the audit, also when the browser that asked for it hangs up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sanic import Sanic
from sqlalchemy.ext.asyncio import AsyncEngine

import tests.integration.desk.conftest as serving_desk
from bot.desk.app import create_app
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.database import writing
from bot.desk.lasting import Lasting


@pytest.fixture(autouse=True)
def apps(monkeypatch: pytest.MonkeyPatch) -> list[Sanic]:
    """The applications that are made while a test runs."""
    made: list[Sanic] = []

    def make(*parts: Any) -> Sanic:
        made.append(create_app(*parts))
        return made[-1]

    monkeypatch.setattr(serving_desk, "create_app", make)
    return made


@pytest.fixture
async def held_up(apps: list[Sanic], sign_in: Any, hand_over: Any, engine: AsyncEngine) -> Any:
    """Ask for something while the database is busy, and hang up before it is done."""
    visitor, number = await sign_in(), await hand_over()
    lasting = apps[0].ctx.lasting

    async def ask(path: str, **fields: str) -> None:
        async with writing(engine):
            asking = asyncio.create_task(visitor.post(path.format(number=number), **fields))
            while not await waits(lasting):
                assert not asking.done()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            await visitor.session.close()
            # The desk has noticed before the database is free.
            await asyncio.sleep(0.1)
        await lasting.wait()

    return ask


async def waits(lasting: Lasting) -> bool:
    """Whether something is held up: what is only read on the way is over soon."""
    before = lasting._under_way.copy()
    await asyncio.sleep(0.2)
    return bool(before & lasting._under_way)


@pytest.mark.parametrize(
    ("path", "fields", "action"),
    [
        ("/handoffs/{number}/claim", {}, Action.CLAIM),
        ("/handoffs/{number}/notes", {"note": "the bank calls"}, Action.NOTE),
        ("/handoffs/{number}/reveal", {"reason": "the bank asks"}, Action.REVEAL),
        ("/account", {"display_name": "Li", "language": "en"}, Action.NAME_CHANGED),
        ("/sign-out", {}, Action.SIGN_OUT),
    ],
    ids=["claim", "note", "reveal", "account", "sign-out"],
)
async def test_what_was_begun_is_done_and_kept(
    held_up: Any, engine: AsyncEngine, path: str, fields: dict[str, str], action: Action
) -> None:
    await held_up(path, **fields)
    kept = await list_entries(engine, EntryFilter(action=action), 10)
    assert [entry.agent_name for entry in kept.items] == ["lilei"]


async def test_a_reader_who_does_not_read_is_hung_up_on(
    apps: list[Sanic], sign_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.desk.pages.live.SEND_S", 0.1)
    visitor = await sign_in()
    hub, topic = apps[0].ctx.desk.live, f"agent:{visitor.agent.id}"
    async with visitor.session.get("/live", headers={"Accept": "text/event-stream"}) as answer:
        await answer.content.readline()
        while topic not in hub._listening:  # noqa: ASYNC110 - it depends on what a server has been sent
            await asyncio.sleep(0.01)
        answer.connection.transport.pause_reading()
        for _ in range(30):
            hub.publish(topic, {"text_name": "x" * 1_000_000})
        while topic in hub._listening:  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.01)


async def test_every_answer_lasts_but_the_streams(apps: list[Sanic], sign_in: Any) -> None:
    await sign_in()
    # The others need no database.
    routes = [route for route in apps[0].router.routes if not route.name.startswith(("desk.openapi", "desk.static"))]
    streams = {"desk.pages.stream_news", "desk.export.send_table", "desk.export.send_lines"}
    assert {route.name for route in routes if not hasattr(route.handler, "__wrapped__")} == streams
