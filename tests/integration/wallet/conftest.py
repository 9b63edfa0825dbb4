"""A wallet for every test on each kind of database, with a database of its own and a clock the test turns."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from tests.integration.wallet.databases import DATABASES, SharedPostgres, for_wallet, migrate_at
from tests.integration.wallet.house import NOON, House, Start, TurnableClock, serving
from tests.integration.wallet.wallet_process import WalletProcess
from tests.stack.postgres import Postgres
from wallet.settings import Settings


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    """The kind of database a test runs on: on each, unless it says that it is about neither."""
    return str(request.param)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite database to copy: migrating one for every test would take most of the time."""
    file = tmp_path_factory.mktemp("wallet") / "migrated.sqlite"
    asyncio.run(migrate_at(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def shared_postgres(postgres: Postgres) -> Iterator[SharedPostgres]:
    """The same on PostgreSQL, where even a copy takes longer than most tests: one for all, emptied for each."""
    with postgres.new_database() as url:
        asyncio.run(migrate_at(for_wallet(url)))
        yield SharedPostgres(url)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> str:
    """The address of a migrated database with nothing in it but what the migrations put there."""
    if database == "sqlite":
        file = tmp_path / "wallet.sqlite"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        return f"sqlite+aiosqlite:///{file}"
    shared: SharedPostgres = request.getfixturevalue("shared_postgres")
    shared.restore()
    return shared.url


@pytest.fixture
def empty_url(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if database == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite"
    return for_wallet(request.getfixturevalue("postgres_url"))


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Settings on a database of the test's own."""
    return Settings(
        token_secret=secrets.token_hex(24),
        user_token_secret=secrets.token_hex(24),
        support_token=secrets.token_hex(24),
        support_read_token=secrets.token_hex(24),
        database_url=database_url,
        attempts_per_address=1000,
        attempts_per_account=1000,
        calls_per_user=10**6,
        calls_per_service=10**6,
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
def start(hasher: PasswordHasher, clock: TurnableClock) -> Start:
    """Start a wallet with other settings."""
    return partial(serving, clock=clock, hasher=hasher)


@pytest.fixture
def wallet_process(tmp_path: Path) -> Iterator[WalletProcess]:
    """A wallet as a process, not yet started, on a SQLite database that is not there yet."""
    process = WalletProcess(f"sqlite+aiosqlite:///{tmp_path}/var/wallet.sqlite", tmp_path)
    yield process
    process.kill()
