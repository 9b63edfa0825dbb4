"""A desk that serves over HTTP on a free port, with a database of its own."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sanic import Sanic
from sqlalchemy.engine import make_url

from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.agents.service import add_agent
from bot.desk.app import create_app
from bot.desk.clock import Clock
from bot.desk.database import open_database
from bot.desk.migrate import migrate
from bot.desk.settings import Settings
from tests.integration.desk.browsing import QUICK_HASH, Visitor, new_session

TOKEN = "0123456789abcdef0123456789abcdef"
BOT_TOKEN = "fedcba9876543210fedcba9876543210"

# Otherwise Sanic compiles its own methods anew for the first application and fails on the second.
Sanic.test_mode = True

MakePacket = Callable[..., dict[str, Any]]


class FakeClock:
    """A clock that stands still until a test moves it on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 8, 31, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now

    def move_on(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        environment="development",
        host="127.0.0.1",
        port=0,
        database_url=f"sqlite+aiosqlite:///{tmp_path}/var/desk.sqlite",
        token=TOKEN,
        bot_token=BOT_TOKEN,
        # Nobody listens there: what a desk tells the bot waits.
        bot_url="http://127.0.0.1:9",
        conversations_url=f"sqlite:///{tmp_path}/var/conversations.sqlite",
    )


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that is up to date, to copy: making one anew for every test takes longer than most of them."""
    file = tmp_path_factory.mktemp("desk") / "migrated.sqlite"

    async def make() -> None:
        async with open_database(f"sqlite+aiosqlite:///{file}") as engine:
            await migrate(engine)

    asyncio.run(make())
    return file


@pytest.fixture
def migrated(settings: Settings, migrated_file: Path) -> Settings:
    """The settings of a desk whose database is up to date."""
    file = Path(make_url(settings.database_url).database)
    file.parent.mkdir(exist_ok=True)
    shutil.copy(migrated_file, file)
    return settings


@pytest.fixture
def packet() -> MakePacket:
    """Make a hand-off as the bot sends it, with what a test wants different."""

    def make(number: str = "WH-7K3M-Q9TD", **changes: Any) -> dict[str, Any]:
        return {
            "number": number,
            "conversation_id": "conversation-1",
            "channel": "widget",
            "language": "zh",
            "user_id": "chen",
            "topic": "payment",
            "reason": "exhausted",
            "requested_at": "2026-03-01T08:30:00Z",
            "findings": [{"cause": "over_daily_limit", "values": {"limit": {"minor": 200000, "currency": "CNY"}}}],
            "steps": [{"step": "lower_amount", "outcome": "still_failing", "at": "2026-03-01T08:29:00Z"}],
            "facts": {"card": "•••• 1234"},
            "transcript": {"conversation_id": "conversation-1", "until": "2026-03-01T08:30:00Z"},
            "last_words": "还是不行,转人工",
            **changes,
        }

    return make


@asynccontextmanager
async def serving(settings: Settings, clock: Clock) -> AsyncIterator[str]:
    """Serve the desk on a free port for as long as the block lasts; gives its address."""
    with socket.socket() as free:
        free.bind((settings.host, 0))
        app = create_app(settings, clock)
        server = await app.create_server(sock=free, return_asyncio_server=True)
        await server.startup()
        await server.before_start()
        await server.after_start()
        try:
            yield f"http://{settings.host}:{free.getsockname()[1]}"
        finally:
            await server.before_stop()
            await server.close()
            await server.after_stop()


@pytest.fixture
async def address(migrated: Settings, clock: FakeClock) -> AsyncIterator[str]:
    """The address of a desk whose database is up to date."""
    async with serving(migrated, clock) as address:
        yield address


@pytest.fixture
async def stranger(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A client without the service token."""
    async with aiohttp.ClientSession(address) as session:
        yield session


@pytest.fixture
async def bot(address: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A client with the service token."""
    async with aiohttp.ClientSession(address, headers={"Authorization": f"Bearer {TOKEN}"}) as session:
        yield session


@pytest.fixture
async def unmigrated(settings: Settings, clock: FakeClock) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a desk whose database is empty."""
    async with serving(settings, clock) as address, aiohttp.ClientSession(address) as session:
        yield session


@pytest.fixture
async def faulty(settings: Settings) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of a desk that fails at every case, for a reason that is nobody's business."""

    of_the_start = [FakeClock().now]

    def broken_clock() -> datetime:
        if of_the_start:
            return of_the_start.pop()
        raise RuntimeError("the words of the failure")

    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with serving(settings, broken_clock) as address, aiohttp.ClientSession(address, headers=headers) as session:
        yield session


@pytest.fixture
def hire(settings: Settings, clock: FakeClock) -> Callable[..., Awaitable[Agent]]:
    """Add somebody who works at the desk: ``await hire("meimei", Role.LEAD)``; his password is PASSWORD."""

    async def add(
        name: str,
        role: Role = Role.AGENT,
        display_name: str | None = None,
        language: Language = Language.EN,
        must_change_password: bool = False,
    ) -> Agent:
        values = (name, display_name or name, role, language, QUICK_HASH, must_change_password, clock())
        async with open_database(settings.database_url) as engine:
            return await add_agent(engine, *values)

    return add


@pytest.fixture
async def visit(address: str) -> AsyncIterator[Callable[..., Visitor]]:
    """Open browsers at the desk: ``visit("en")``."""
    sessions = []

    def open_browser(language: str = "en") -> Visitor:
        sessions.append(new_session(address, language))
        return Visitor(sessions[-1])

    yield open_browser
    for session in sessions:
        await session.close()


@pytest.fixture
def signed_in(
    visit: Callable[..., Visitor], hire: Callable[..., Awaitable[Agent]]
) -> Callable[..., Awaitable[Visitor]]:
    """Hire somebody and sign him in: ``await signed_in("meimei", Role.LEAD)``."""

    async def enter(name: str, role: Role = Role.AGENT, **others: Any) -> Visitor:
        await hire(name, role, **others)
        visitor = visit()
        answer = await visitor.sign_in(name)
        assert answer.status == 303, answer.words
        return visitor

    return enter
