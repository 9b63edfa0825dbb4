"""What both databases promise alike: one state to a reader, one migration at a time, and an answer when away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tests.integration.wallet.databases import migrate_at
from tests.integration.wallet.house import House, Start
from tests.stack.ports import free_ports
from wallet.domain.errors import UnavailableError
from wallet.domain.ledger import account_of
from wallet.settings import Settings
from wallet.storage import engine as engine_module
from wallet.storage.database import Database, transaction
from wallet.storage.engine import open_engine
from wallet.storage.migrate import is_up_to_date

ON_POSTGRESQL = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


async def test_a_reader_sees_one_state_whatever_is_written_meanwhile(house: House) -> None:
    user = await house.user(balance="100")
    async with house.stage.wallet.storage.reading() as unit:
        before = await unit.ledger.balance(account_of(user.user_id))
        await user.pay("10")
        assert await unit.ledger.balance(account_of(user.user_id)) == before
    assert await user.balance() == 9000


@ON_POSTGRESQL
async def test_a_reader_changes_nothing(house: House) -> None:
    user_id = await house.open_user()
    with pytest.raises(DBAPIError, match="read-only"):
        async with house.stage.wallet.storage.reading() as unit:
            await unit.users.set_frozen(user_id, house.clock())


async def test_two_processes_that_migrate_at_once_do_it_once(empty_url: str) -> None:
    await asyncio.gather(migrate_at(empty_url), migrate_at(empty_url))
    engine = open_engine(empty_url)
    assert await is_up_to_date(engine)
    async with transaction(engine, writes=False) as connection:
        assert len((await connection.execute(text("SELECT version_num FROM alembic_version"))).all()) == 1
    await engine.dispose()


@ON_POSTGRESQL
async def test_a_wallet_whose_database_is_away_says_so(settings: Settings, start: Start) -> None:
    (port,) = free_ports(1)
    away = make_url(settings.database_url).set(port=port).render_as_string(hide_password=False)
    async with start(replace(settings, environment="production", database_url=away), catalogue=False) as house:
        refused = await house.call("GET", "/health")
        assert (refused.status, refused.code) == (503, "unavailable")


@ON_POSTGRESQL
async def test_a_wallet_works_on_when_its_database_was_started_anew(house: House) -> None:
    user = await house.user(balance="100")
    # Beside the loop, which hears of each end meanwhile.
    assert all(await asyncio.to_thread(cut_connections, house.settings.database_url))
    assert (await user.pay("10")).body["status"] == "succeeded"


async def test_who_waits_too_long_for_another_hears_that_nothing_happened(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "LOCK_TIMEOUT_SECONDS", 1)
    one, other = (Database(open_engine(settings.database_url)) for _ in range(2))
    async with one.writing() as unit:
        await unit.ledger.lock("house:fees")
        with pytest.raises(UnavailableError):
            async with other.writing() as second:
                await second.ledger.lock("house:fees")
    await asyncio.gather(one.close(), other.close())


def cut_connections(url: str) -> list[bool]:
    """As a server that is started anew does; of each whether it was gone in time."""
    plain = make_url(url).set(drivername="postgresql+psycopg2")
    engine: Any = create_engine(plain, future=True, poolclass=NullPool)
    cutting = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = current_database()"
    with engine.connect() as connection:
        found = connection.execute(text(f"{cutting} AND pid <> pg_backend_pid()"))
        return [bool(gone) for gone in found.scalars()]
