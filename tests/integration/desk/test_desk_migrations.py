"""The schema of the desk's database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from bot.desk.cases.payloads import CaseFilter
from bot.desk.cases.payloads import State as CaseState
from bot.desk.cases.service import list_cases, read_history
from bot.desk.database import open_database, reading, writing
from bot.desk.handoffs.payloads import EventKind
from bot.desk.migrate import MIGRATIONS, migrate
from bot.desk.schema import metadata
from bot.desk.settings import Settings
from bot.handoff.states import State


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


def to_first_schema(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


OLD_CASE = """
    INSERT INTO cases (id, number, conversation_id, channel, language, user_id, topic, reason, requested_at, findings,
      steps, facts, transcript, last_words, state, owner, priority, created_at, updated_at, due_at, resolved_at)
    VALUES (:id, :number, 'c', 'widget', 'zh', 'chen', 'payment', 'fraud', '2026-03-01 08:30:00', '[]', '[]',
      '{"card": "1234"}', '{"conversation_id": "c", "until": "2026-03-01T08:30:00Z"}', 'words', :state, 'li', 0,
      '2026-03-01 08:31:00', '2026-03-01 08:32:00', '2026-03-01 09:30:00', :resolved_at)
"""
OLD_EVENT = """
    INSERT INTO case_events (case_id, at, actor, kind, "before", "after")
    VALUES (:case_id, '2026-03-01 08:32:00', 'li', 'state', 'open', 'in_progress')
"""


async def test_cases_of_before_the_queue_are_kept_with_their_history(settings: Settings) -> None:
    async with open_database(settings.database_url) as engine:
        async with writing(engine) as connection:
            await connection.run_sync(to_first_schema)
            for number, state, resolved_at in ((3, "in_progress", None), (7, "resolved", "2026-03-01 08:40:00")):
                values = {"id": number, "number": f"WH-0000-000{number}", "state": state, "resolved_at": resolved_at}
                await connection.execute(text(OLD_CASE), values)
                await connection.execute(text(OLD_EVENT), {"case_id": number})
        await migrate(engine)
        page = await list_cases(engine, CaseFilter(), 10)
        history = await read_history(engine, "WH-0000-0003")

    assert [(handoff.packet.number, handoff.state) for handoff in page.items] == [
        ("WH-0000-0007", State.RESOLVED),
        ("WH-0000-0003", State.CASE),
    ]
    handoff = page.items[1]
    assert handoff.packet.facts == {"card": "1234"}
    assert handoff.case is not None
    assert (handoff.case.state, handoff.case.owner, handoff.case.due_at.hour) == (CaseState.IN_PROGRESS, "li", 9)
    assert [(event.kind, event.before, event.text) for event in history] == [(EventKind.STATE, "open", "in_progress")]
