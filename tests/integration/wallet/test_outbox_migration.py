"""What was in the outbox before messages were delivered stays there, and is not sent all of a sudden."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from argon2 import PasswordHasher
from sqlalchemy import text

from tests.integration.wallet.house import NOON, TurnableClock
from wallet.domain.messages import Medium
from wallet.parts import Parts, create_parts
from wallet.settings import Settings
from wallet.storage import migrate as migrating
from wallet.storage.database import transaction
from wallet.storage.migrate import migrate

BEFORE = "0006"
_ROWS = (
    "INSERT INTO users (id, display_name, language, identity_level, two_factor, email_confirmed, phone_confirmed, "
    "created_at) VALUES ('chen', 'Chen', 'zh', 2, false, true, true, '2026-03-01 00:00:00')",
    "INSERT INTO outbox (user_id, medium, recipient, kind, subject, body, link, created_at) VALUES "
    "('chen', 'email', 'chen@example.com', 'password_reset', 's', 'b', 'l', '2026-03-01 00:00:00'), "
    "('chen', 'sms', '13800000001', 'password_reset', 's', 'b', 'l', '2026-03-02 00:00:00')",
)


@pytest.fixture(params=["sqlite", "postgresql"])
async def parts(
    request: pytest.FixtureRequest, settings: Settings, hasher: PasswordHasher, tmp_path: Path
) -> AsyncIterator[Parts]:
    url = f"sqlite+aiosqlite:///{tmp_path}/empty.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url").replace("+psycopg2", "+asyncpg")
    parts = create_parts(replace(settings, database_url=url), TurnableClock(NOON), hasher)
    try:
        yield parts
    finally:
        await parts.database.close()


def _to_before(connection: Any) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, BEFORE)


async def test_old_messages_stay_and_are_never_sent(parts: Parts) -> None:
    async with transaction(parts.engine, writes=True) as connection:
        await connection.run_sync(_to_before)
        for statement in _ROWS:
            await connection.execute(text(statement))
    await migrate(parts.engine)
    async with parts.database.reading() as unit:
        kept = await unit.outbox.latest("chen", 10)
        assert [await unit.outbox.is_any_due(medium, NOON) for medium in Medium] == [False, False]
    assert [(message.to, message.body) for message in kept] == [("13800000001", "b"), ("chen@example.com", "b")]
    assert len({message.reference for message in kept}) == 2
