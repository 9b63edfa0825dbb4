"""A house in which everything is kept somewhere: the record on both databases, the desk, the outbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.desk.retention.house import House, open_house
from bot.desk.settings import Settings
from bot.store.database import Database
from bot.store.migrate import migrate
from tests.integration.desk.retention.writing import Keeper


@pytest.fixture
def url(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Where the record is: a file that is not there yet, or with ``on_both`` also an empty database of PostgreSQL."""
    is_shared = getattr(request, "param", "sqlite") == "postgresql"
    return str(request.getfixturevalue("postgres_url")) if is_shared else settings.conversations_url


@pytest.fixture
def private(settings: Settings, url: str, tmp_path: Path) -> Settings:
    """The settings of the house."""
    return replace(settings, conversations_url=url, outbox_folder=f"{tmp_path}/var/outbox", retention_days=365)


@pytest.fixture
async def house(private: Settings, migrated: Settings, clock: Any) -> AsyncIterator[House]:
    """The house, of whose record only the bot makes the tables."""
    async with open_house(private, clock) as house:
        yield house


@pytest.fixture
def keeper(house: House, url: str) -> Any:
    """Whoever keeps things in the house: the bot, the desk, the bot's outbox."""
    database = Database(url)
    database.migrate(migrate)
    yield Keeper(house, database)
    database.close()
