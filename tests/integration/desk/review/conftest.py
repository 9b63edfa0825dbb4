"""A desk beside a record of conversations, and leads who are signed in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents import sign_ins
from bot.desk.agents.payloads import Language, Role
from bot.desk.agents.service import add_agent
from bot.desk.clock import Clock
from bot.desk.database import open_database
from bot.desk.settings import Settings
from tests.integration.desk.conftest import serving
from tests.integration.desk.pages.visitor import Visitor
from tests.integration.desk.review.talk import Record

SignIn = Callable[..., Awaitable[Visitor]]


@pytest.fixture
def record(settings: Settings, tmp_path: Path) -> Iterator[Record]:
    """The conversations."""
    (tmp_path / "var").mkdir(exist_ok=True)
    record = Record(settings.conversations_url)
    yield record
    record.close()


@pytest.fixture
async def engine(migrated: Settings) -> AsyncIterator[AsyncEngine]:
    """The desk's database, up to date."""
    async with open_database(migrated.database_url) as engine:
        yield engine


@pytest.fixture
async def desk(settings: Settings, record: Record, clock: Clock, engine: AsyncEngine) -> AsyncIterator[str]:
    """The address of a desk."""
    async with serving(settings, clock) as address:
        yield address


@pytest.fixture
async def sign_in(desk: str, engine: AsyncEngine, clock: Clock) -> AsyncIterator[SignIn]:
    """Sign somebody in: `await sign_in("wang", "Wang Fang")`; a lead unless told otherwise."""
    async with AsyncExitStack() as browsers:

        async def enter(
            name: str = "wang",
            display_name: str = "Wang Fang",
            role: Role = Role.LEAD,
            language: Language = Language.EN,
        ) -> Visitor:
            agent = await add_agent(engine, name, display_name, role, language, "no hash", False, clock())
            token = await sign_ins.begin(engine, agent, clock())
            signed_in = await sign_ins.find(engine, token, clock())
            assert signed_in
            session = aiohttp.ClientSession(desk, cookies={"desk_session": token})
            return Visitor(await browsers.enter_async_context(session), agent, signed_in.csrf)

        yield enter


@pytest.fixture
async def lead(sign_in: SignIn) -> Visitor:
    """A lead at the desk."""
    return await sign_in()
