"""Brings the store to its newest schema."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_203_114  # any number; the same for every worker that starts


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run the migrations that the database has not seen yet, all or none; workers that start together take turns.

    ``revision`` is the last of them, the newest there is if not otherwise said.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
