"""A desk without its server: what pages and API ask of it is called directly."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.desk.agents.payloads import Agent, Role
from bot.desk.database import open_database, reading
from bot.desk.handoffs import service
from bot.desk.handoffs.moves import contradict
from bot.desk.handoffs.payloads import AgentName, Standing
from bot.desk.handoffs.requests import read_packet
from bot.desk.handoffs.work import changing
from bot.desk.hours.hours import Hours
from bot.desk.letters.bot_client import BotClient
from bot.desk.letters.delivery import Delivery
from bot.desk.letters.tables import letters
from bot.desk.letters.waiting import handoffs_with_letters
from bot.desk.live.hub import Hub
from bot.desk.live.viewers import Viewers
from bot.desk.parts import Desk, Limits
from bot.desk.presence.service import set_status
from bot.desk.settings import Settings
from bot.desk.stopping import Stopping
from tests.integration.desk.handoffs.fake_bot import FakeBot

MakePacket = Callable[..., dict[str, Any]]


@pytest.fixture
async def desk(migrated: Settings, clock: Any) -> AsyncIterator[Desk]:
    """A desk that is open at every hour, with nobody on duty."""
    hub = Hub()
    async with (
        open_database(migrated.database_url) as engine,
        BotClient(migrated.bot_url, migrated.bot_token) as bot,
    ):
        yield Desk(engine, clock, Hours.always(), Limits(), hub, Viewers(hub), bot)


@pytest.fixture
def on_duty(desk: Desk, hire: Callable[..., Awaitable[Agent]]) -> Callable[..., Awaitable[AgentName]]:
    """Hire somebody who takes hand-offs from now on: ``await on_duty("li")``."""

    async def begin(name: str, role: Role = Role.AGENT) -> AgentName:
        agent = await hire(name, role, display_name=name.title())
        await set_status(desk, agent.id, "available")
        return AgentName(agent.id, agent.display_name)

    return begin


@pytest.fixture
def hand_over(desk: Desk, packet: MakePacket) -> Callable[..., Awaitable[Standing]]:
    """Hand a conversation over, each number one of its own: ``await hand_over("WH-0000-0001")``."""

    async def deliver(number: str = "WH-7K3M-Q9TD", **changes: Any) -> Standing:
        changes = {"conversation_id": f"of {number}", **changes}
        standing, _ = await service.take_in(desk, read_packet(packet(number, **changes)))
        return standing

    return deliver


@pytest.fixture
def posted(desk: Desk) -> Callable[[str], Awaitable[list[dict[str, Any]]]]:
    """What the bot is to be told of a hand-off, in order: ``await posted(number)``."""

    async def read(number: str) -> list[dict[str, Any]]:
        async with reading(desk.engine) as connection:
            rows = (await connection.execute(select(letters.c.body).order_by(letters.c.number))).all()
        told = [row.body for row in rows if row.body and row.body["number"] == number]
        return [{name: value for name, value in body.items() if name not in ("id", "number")} for body in told]

    return read


@pytest.fixture
def with_hours(desk: Desk) -> Callable[[Hours], Desk]:
    """The same desk with other hours of service."""
    return lambda hours: replace(desk, hours=hours)


@pytest.fixture
async def fake_bot() -> AsyncIterator[FakeBot]:
    """A bot that takes letters."""
    fake = FakeBot()
    runner = await fake.start()
    yield fake
    await runner.cleanup()


@pytest.fixture
async def reaching(settings: Settings, fake_bot: FakeBot) -> AsyncIterator[BotClient]:
    """The desk's connection to that bot, which gives up waiting for an answer soon."""
    async with BotClient(fake_bot.url, settings.bot_token, answer_s=0.3) as client:
        yield client


@pytest.fixture
def delivering(desk: Desk, reaching: BotClient) -> Callable[[], AbstractAsyncContextManager[None]]:
    """Deliver letters for as long as a block lasts."""

    async def contradicted(number: str, state: str) -> None:
        async with changing(desk) as work:
            await contradict(work, number, state)

    @asynccontextmanager
    async def deliver() -> AsyncIterator[None]:
        stopping = Stopping()
        parts = (desk.engine, desk.clock, reaching, desk.letters, desk.live, contradicted, stopping)
        task = asyncio.create_task(Delivery(*parts, pauses_s=(0.01, 0.05)).run())
        try:
            yield
        finally:
            stopping.stop()
            await task

    return deliver


async def until(is_so: Callable[[], Any]) -> None:
    """Wait until something is so; a test that waits in vain is ended by whoever runs the tests."""
    while not is_so():  # noqa: ASYNC110 - it depends on what a server has been sent
        await asyncio.sleep(0.01)


async def until_nothing_waits(desk: Desk) -> None:
    """Wait until no letter is on its way any more."""
    while await handoffs_with_letters(desk.engine):  # noqa: ASYNC110 - the database tells nobody
        await asyncio.sleep(0.01)
