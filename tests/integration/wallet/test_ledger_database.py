"""The database itself keeps the books: whatever the code does, nothing is unbalanced or changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timezone
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from wallet.settings import Settings
from wallet.storage.database import transaction
from wallet.storage.engine import open_engine
from wallet.storage.migrate import is_up_to_date, migrate
from wallet.storage.tables import metadata
from wallet.storage.tables.ledger import journal_entries, postings

NOW = datetime(2026, 3, 12, 3, 50, tzinfo=timezone.utc)
ENTRY = {"id": "e1", "what": "payment", "reference": "pay_1", "booked_at": NOW}


def posting(account: str, minor: int, entry_id: str = "e1") -> dict[str, Any]:
    return {"entry_id": entry_id, "account_id": f"house:{account}", "amount_minor": minor, "currency": "CNY"}


@pytest.fixture
async def engine(settings: Settings) -> AsyncIterator[Any]:
    engine = open_engine(settings.database_url)
    yield engine
    await engine.dispose()


async def write(engine: Any, rows: list[dict[str, Any]], entry: dict[str, Any] | None = ENTRY) -> None:
    async with transaction(engine, writes=True) as connection:
        await connection.execute(insert(postings).values(rows))
        if entry is not None:
            await connection.execute(insert(journal_entries).values(**entry))


async def count(engine: Any) -> int:
    async with transaction(engine, writes=False) as connection:
        return int((await connection.execute(text("SELECT COUNT(*) FROM postings"))).scalar_one())


async def test_a_balanced_entry_is_kept(engine: Any) -> None:
    await write(engine, [posting("clearing", -5), posting("merchants", 5)])
    assert await count(engine) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [posting("clearing", -5), posting("merchants", 4)],
        [posting("clearing", 0)],
        [posting("clearing", -5)],
    ],
)
async def test_an_unbalanced_entry_is_refused(engine: Any, rows: list[dict[str, Any]]) -> None:
    with pytest.raises(IntegrityError):
        await write(engine, rows)
    assert await count(engine) == 0


async def test_postings_without_an_entry_are_refused(engine: Any) -> None:
    with pytest.raises(IntegrityError):
        await write(engine, [posting("clearing", -5), posting("merchants", 5)], entry=None)
    assert await count(engine) == 0


async def test_a_commit_that_fails_leaves_nothing_locked(engine: Any) -> None:
    with pytest.raises(IntegrityError):
        await write(engine, [posting("clearing", -5), posting("merchants", 5)], entry=None)
    await write(engine, [posting("clearing", -5), posting("merchants", 5)])
    assert engine.pool.checkedout() == 0


async def test_an_entry_takes_no_more_postings_even_balanced_ones(engine: Any) -> None:
    await write(engine, [posting("clearing", -5), posting("merchants", 5)])
    with pytest.raises(IntegrityError):
        await write(engine, [posting("clearing", -1), posting("merchants", 1)], entry=None)
    assert await count(engine) == 2


async def test_a_posting_in_another_currency_than_its_account_is_refused(engine: Any) -> None:
    foreign = [{**posting("clearing", -5), "currency": "USD"}, {**posting("merchants", 5), "currency": "USD"}]
    with pytest.raises(IntegrityError):
        await write(engine, foreign)


async def test_a_movement_is_booked_once(engine: Any) -> None:
    await write(engine, [posting("clearing", -5), posting("merchants", 5)])
    again = [posting("clearing", -5, "e2"), posting("merchants", 5, "e2")]
    with pytest.raises(IntegrityError):
        await write(engine, again, {**ENTRY, "id": "e2"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE postings SET amount_minor = amount_minor * 2",
        "UPDATE postings SET account_id = 'house:fees' WHERE amount_minor > 0",
        "DELETE FROM postings",
        "UPDATE journal_entries SET reference = 'pay_2'",
        "DELETE FROM journal_entries",
    ],
)
async def test_what_was_booked_is_never_changed(engine: Any, statement: str) -> None:
    await write(engine, [posting("clearing", -5), posting("merchants", 5)])
    with pytest.raises(IntegrityError, match="are never changed"):
        async with transaction(engine, writes=True) as connection:
            await connection.execute(text(statement))


async def test_migrations_run_from_nothing_and_again_without_effect(empty_url: str) -> None:
    engine = open_engine(empty_url)
    assert not await is_up_to_date(engine)
    await migrate(engine)
    await migrate(engine)
    assert await is_up_to_date(engine)
    await engine.dispose()


async def test_the_tables_in_code_are_those_the_migrations_make(engine: Any) -> None:
    async with transaction(engine, writes=False) as connection:
        differences = await connection.run_sync(
            lambda plain: compare_metadata(MigrationContext.configure(plain), metadata)
        )
    assert differences == []
