"""The schema of the desk's database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bot.desk.cases.tables import metadata
from bot.desk.database import open_database, reading, writing
from bot.desk.migrate import migrate
from bot.desk.settings import Settings


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    return kind != "table" or name != "sqlite_sequence"


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "compare_server_default": True, "include_name": is_ours}
    context = MigrationContext.configure(connection, opts=options)
    differing: list[Any] = compare_metadata(context, metadata)
    return differing


async def test_an_empty_database_is_brought_to_the_schema_of_the_tables(settings: Settings) -> None:
    async with open_database(settings.database_url) as engine:
        await migrate(engine)
        async with reading(engine) as connection:
            assert await connection.run_sync(differences) == []


async def test_every_table_keeps_the_names_of_its_constraints(settings: Settings) -> None:
    async with open_database(settings.database_url) as engine:
        await migrate(engine)
        async with reading(engine) as connection:
            unique = await connection.run_sync(lambda sync: inspect(sync).get_unique_constraints("cases"))
    assert unique == [{"name": "uq_cases_number", "column_names": ["number"]}]


async def test_migrating_again_changes_nothing(settings: Settings) -> None:
    async with open_database(settings.database_url) as engine:
        await migrate(engine)
        async with writing(engine) as connection:
            version = (await connection.execute(text("SELECT version_num FROM alembic_version"))).all()
        await migrate(engine)
        async with writing(engine) as connection:
            assert (await connection.execute(text("SELECT version_num FROM alembic_version"))).all() == version


async def test_the_folder_of_the_database_is_made(settings: Settings, tmp_path: Path) -> None:
    async with open_database(settings.database_url) as engine:
        await migrate(engine)

    assert (tmp_path / "var" / "desk.sqlite").is_file()
