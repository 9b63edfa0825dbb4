"""What a transaction of the desk leaves behind."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.desk.database import open_database, writing
from bot.desk.settings import Settings


async def test_a_commit_that_fails_leaves_nothing_locked(settings: Settings) -> None:
    async with open_database(settings.database_url) as engine:
        async with writing(engine) as connection:
            await connection.execute(text("CREATE TABLE parents (id INTEGER PRIMARY KEY)"))
            await connection.execute(
                text("CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)")
            )
        with pytest.raises(IntegrityError):
            async with writing(engine) as connection:
                await connection.execute(text("INSERT INTO children VALUES (1)"))
        async with writing(engine) as connection:
            await connection.execute(text("INSERT INTO parents VALUES (1)"))
