"""A desk with agents who are signed in, and a bot that keeps the conversations."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents import sign_ins
from bot.desk.agents.payloads import Language, Role
from bot.desk.agents.service import add_agent
from bot.desk.clock import Clock
from bot.desk.database import open_database
from bot.desk.settings import Settings
from tests.integration.desk.conftest import TOKEN, serving
from tests.integration.desk.conversing_bot import BotStore, ConversingBot, conversing
from tests.integration.desk.pages.visitor import Visitor

SignIn = Callable[..., Awaitable[Visitor]]
HandOver = Callable[..., Awaitable[str]]


@pytest.fixture
def store(settings: Settings, tmp_path: Path, clock: Any) -> Any:
    """The conversations; what a test writes was said now, by the desk's clock."""
    (tmp_path / "var").mkdir(exist_ok=True)
    store = BotStore(settings.conversations_url)
    store.set_time(clock().timestamp() - 60)
    yield store
    store.close()


@pytest.fixture
async def talking(store: BotStore) -> AsyncIterator[tuple[ConversingBot, str]]:
    async with conversing(store) as running:
        yield running


@pytest.fixture
def bot_side(talking: tuple[ConversingBot, str]) -> ConversingBot:
    """The bot beside the desk."""
    return talking[0]


@pytest.fixture
async def engine(migrated: Settings) -> AsyncIterator[AsyncEngine]:
    """The desk's database, up to date."""
    async with open_database(migrated.database_url) as engine:
        yield engine


@pytest.fixture
async def desk(
    settings: Settings, talking: tuple[ConversingBot, str], clock: Clock, engine: AsyncEngine
) -> AsyncIterator[str]:
    """The address of a desk whose bot answers."""
    async with serving(replace(settings, bot_url=talking[1]), clock) as address:
        yield address


@pytest.fixture
async def sign_in(desk: str, engine: AsyncEngine, clock: Clock) -> AsyncIterator[SignIn]:
    """Sign somebody in: `await sign_in("lilei", display_name="Li Lei")`; available unless told otherwise."""
    async with AsyncExitStack() as browsers:

        async def enter(
            name: str = "lilei",
            display_name: str = "Li Lei",
            role: Role = Role.AGENT,
            language: Language = Language.EN,
            status: str = "available",
        ) -> Visitor:
            agent = await add_agent(engine, name, display_name, role, language, "no hash", False, clock())
            token = await sign_ins.begin(engine, agent, clock())
            signed_in = await sign_ins.find(engine, token, clock())
            assert signed_in
            session = aiohttp.ClientSession(desk, cookies={"desk_session": token})
            visitor = Visitor(await browsers.enter_async_context(session), agent, signed_in.csrf)
            assert (await visitor.post("/presence", status=status)).status == 204
            return visitor

        yield enter


@pytest.fixture
async def hand_over(desk: str, packet: Callable[..., dict[str, Any]]) -> AsyncIterator[HandOver]:
    """Let the bot hand over: `await hand_over(number, reason="fraud")`; gives the number."""
    async with aiohttp.ClientSession(desk, headers={"Authorization": f"Bearer {TOKEN}"}) as session:

        async def deliver(number: str = "WH-7K3M-Q9TD", **changes: Any) -> str:
            conversation_id = changes.get("conversation_id", f"of-{number}")
            until = {"conversation_id": conversation_id, "until": "2026-03-01T08:30:00Z"}
            body = packet(number, **{"conversation_id": conversation_id, "transcript": until, **changes})
            async with session.post("/v1/handoffs", json=body) as answer:
                assert answer.status == 201, await answer.text()
            return number

        yield deliver
