"""Brings a database to the present schema."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from wallet.storage.database import transaction

# Any number that means the same to every wallet and nothing to anyone else.
_LOCK = 5_100_001
_SCRIPTS = Path(__file__).parent / "migrations"


async def migrate(engine: Any) -> None:
    """Run every migration that has not run yet, all in one transaction. Of processes side by side one does it."""
    async with transaction(engine, writes=True) as connection:
        if engine.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        await connection.run_sync(_upgrade)


async def is_up_to_date(engine: Any) -> bool:
    """Whether nothing is left to run."""
    async with transaction(engine, writes=False) as connection:
        present: str | None = await connection.run_sync(_revision)
    return present == _head()


@cache
def _head() -> str | None:
    # Reading the scripts imports every one of them, which is too much for each question about health.
    return ScriptDirectory(str(_SCRIPTS)).get_current_head()


def _upgrade(connection: Any) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Any) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
