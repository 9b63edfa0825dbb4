"""A database of before there were episodes and words: what follows from its events is there after the migration."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.migrations import fill_0004
from bot.store.tables import conversations, episodes, events
from bot.store.tracker_store import ConversationStore
from tests.integration.store.conftest import OpenStore
from tests.integration.store.turns import take_turns
from tests.unit.bot.store.service import (
    DAY,
    START,
    asks,
    asks_for_a_person,
    begins_again,
    ends,
    is_claimed,
    is_resolved,
    is_served,
    rates,
    starts,
)
from tests.unit.bot.store.talk import numbered, recorded, said, session, turn

PAYMENT = "payment_failure"


@pytest.fixture
def older(request: pytest.FixtureRequest, tmp_path: Path, url: str) -> Iterator[Database]:
    """A database without a table, of the same kind as that of the store."""
    with ExitStack() as opened:
        if url.startswith("sqlite"):
            address = f"sqlite:///{tmp_path}/older.sqlite"
        else:
            address = opened.enter_context(request.getfixturevalue("postgres").new_database())
        database = Database(address)
        opened.callback(database.close)
        yield database


async def talk(store: ConversationStore) -> None:
    """Conversations of every kind, one of them of more events than are read at a time."""
    served = [asks_for_a_person(PAYMENT), is_claimed(), is_served(), is_resolved()]
    solved = [starts(PAYMENT, "limit", user_id="chen"), ends(PAYMENT, "solved_by_user", "limit")]
    talks = {
        "solved": [*solved, rates(PAYMENT, "solved_by_user", 4), asks(), begins_again() + turn()],
        "again": [session(), starts(PAYMENT, "card_expired", user_id="chen")],
        "served": [starts("login_failure"), *served, asks("ask_limits")],
        "long": [numbered(number) for number in range(30)],
        "odd": [[said("half \ud83d pair \0"), said("", "nlu_fallback")]],
    }
    for place, (name, turns) in enumerate(talks.items()):
        await take_turns(store, recorded(turns, START + place * DAY / 10), conversation_id=name)


async def test_what_follows_from_the_events_is_what_the_store_would_have_written(
    open_store: OpenStore, older: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fill_0004, "_PIECE", 3)
    store = open_store()
    newer = store.database
    await talk(store)
    older.migrate(partial(migrate, revision="0003"))
    await older.write(partial(copy, await newer.read(partial(everything, events))))
    found = await newer.read(partial(everything, conversations))
    await older.write(partial(copy_conversations, found))

    older.migrate(migrate)

    assert await older.read(partial(everything, conversations)) == found
    assert await older.read(partial(everything, episodes)) == await newer.read(partial(everything, episodes))
    assert await older.read(words) == await newer.read(words)
    assert await older.read(lambda connection: bool(words(connection)))


async def test_a_database_without_conversations_is_filled_with_nothing(older: Database) -> None:
    older.migrate(migrate)
    assert await older.read(partial(everything, episodes)) == []


def everything(table: Any, connection: Connection) -> list[dict[str, Any]]:
    key = table.c.id if table is not episodes else table.c.conversation_id
    rows = connection.execute(select(table).order_by(key, *([table.c.number] if table is episodes else []))).mappings()
    return [{name: value for name, value in row.items() if table is not episodes or name != "id"} for row in rows]


def copy(rows: list[dict[str, Any]], connection: Connection) -> None:
    connection.execute(insert(events), rows)


def copy_conversations(rows: list[dict[str, Any]], connection: Connection) -> None:
    """As they were before 0004."""
    before = [name for name in rows[0] if name not in ("cause", "sample")]
    columns, values = ", ".join(before), ", ".join(f":{name}" for name in before)
    connection.execute(text(f"INSERT INTO conversations ({columns}) VALUES ({values})"), rows)  # noqa: S608


def words(connection: Connection) -> list[Any]:
    """What the index holds."""
    if connection.dialect.name == "postgresql":
        held = text("SELECT event_id, conversation_id, words::text FROM message_words ORDER BY event_id")
        return [tuple(row) for row in connection.execute(held)]
    connection.execute(text("DROP TABLE IF EXISTS temp.held"))
    connection.execute(text("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', 'message_words', 'instance')"))
    held = text('SELECT term, doc, col, "offset" FROM temp.held ORDER BY term, doc, "offset"')
    return [tuple(row) for row in connection.execute(held)]
