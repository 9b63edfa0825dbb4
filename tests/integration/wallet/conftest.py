"""A wallet for every test, with a database of its own and a clock the test turns."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.integration.wallet.house import NOON, House, TurnableClock, serving
from wallet.settings import Settings
from wallet.storage.engine import open_engine
from wallet.storage.migrate import migrate


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy: migrating one for every test would take most of the time."""
    file = tmp_path_factory.mktemp("wallet") / "migrated.sqlite"

    async def make() -> None:
        engine = open_engine(f"sqlite+aiosqlite:///{file}")
        await migrate(engine)
        await engine.dispose()

    asyncio.run(make())
    return file


@pytest.fixture
def settings(tmp_path: Path, migrated_file: Path) -> Settings:
    """Settings on a database of the test's own."""
    file = tmp_path / "wallet.sqlite"
    shutil.copy(migrated_file, file)
    return Settings(
        token_secret=secrets.token_hex(24),
        user_token_secret=secrets.token_hex(24),
        support_token=secrets.token_hex(24),
        support_read_token=secrets.token_hex(24),
        database_url=f"sqlite+aiosqlite:///{file}",
        attempts_per_address=1000,
        attempts_per_account=1000,
    )


@pytest.fixture
def clock() -> TurnableClock:
    """Noon until a test turns it."""
    return TurnableClock(NOON)


@pytest.fixture
def hasher() -> PasswordHasher:
    """As little work as argon2 can do: what is tested is not its strength."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
async def house(settings: Settings, clock: TurnableClock, hasher: PasswordHasher) -> AsyncIterator[House]:
    """The wallet, serving."""
    async with serving(settings, clock, hasher) as house:
        yield house


@pytest.fixture
def start(hasher: PasswordHasher, clock: TurnableClock) -> Callable[..., AbstractAsyncContextManager[House]]:
    """Start a wallet with other settings."""
    return partial(serving, clock=clock, hasher=hasher)
