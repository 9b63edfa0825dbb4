"""A turn that cannot be kept leaves nothing behind, and the conversation goes on from where it was."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from rasa.shared.core.events import SlotSet
from sqlalchemy import event, text
from sqlalchemy.exc import SQLAlchemyError

from bot.store.database import Database
from bot.store.tracker_store import ConversationStore
from tests.integration.store.turns import (
    CONVERSATION,
    assert_the_summary_is_right,
    begin_turn,
    rows,
    take_turns,
    texts,
)
from tests.unit.bot.store.talk import domain, recorded, said, session, state_of, turn, walkthrough

_FAIL = {
    "sqlite": ["CREATE TRIGGER fails BEFORE UPDATE ON conversations BEGIN SELECT RAISE(ABORT, 'no'); END"],
    "postgresql": [
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
        "CREATE TRIGGER fails BEFORE UPDATE ON conversations FOR EACH ROW EXECUTE FUNCTION fail()",
    ],
}
_FAIL_NO_MORE = {"sqlite": "DROP TRIGGER fails", "postgresql": "DROP TRIGGER fails ON conversations"}
_READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}
_NO_PATIENCE = {"sqlite": "PRAGMA busy_timeout = 50", "postgresql": "SET lock_timeout = 50"}


@pytest.fixture
async def talked(store: ConversationStore) -> ConversationStore:
    """A store with a conversation that is under way."""
    await take_turns(store, recorded([session(), walkthrough()]))
    return store


@contextmanager
def on_each_connection(database: Database, statement: str) -> Iterator[None]:
    """Run a statement on every connection that is used while the block lasts; none of them is used afterwards."""

    def run(connection: sqlite3.Connection, *_: object) -> None:
        connection.cursor().execute(statement)
        connection.commit()

    event.listen(database.engine, "checkout", run)
    try:
        yield
    finally:
        event.remove(database.engine, "checkout", run)
        database.engine.dispose()


@contextmanager
def somebody_writes(database: Database) -> Iterator[None]:
    """Nobody else can write to a conversation while the block lasts."""
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE conversations SET channel = channel"))
        yield


@contextmanager
def no_summary_can_be_written(database: Database) -> Iterator[None]:
    """The last statement of each save fails while the block lasts."""
    name = database.engine.dialect.name
    run_in(database, *_FAIL[name])
    yield
    run_in(database, _FAIL_NO_MORE[name])


def run_in(database: Database, *statements: str) -> None:
    with database.engine.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))


async def assert_the_turn_is_lost_and_the_next_is_kept(
    store: ConversationStore, failure: AbstractContextManager[None]
) -> None:
    """Save a turn while the failure lasts, and one when it is over."""
    database = store.database
    before, state = await rows(database), state_of(await store.retrieve(CONVERSATION))
    tracker = await begin_turn(store, turn("这句话没有存上"))
    with failure, pytest.raises(SQLAlchemyError) as raised:
        await store.save(tracker)
    assert "没有存上" not in str(raised.value), "what users write does not belong into a log"
    assert await rows(database) == before
    await assert_the_summary_is_right(database)
    assert state_of(await store.retrieve(CONVERSATION)) == state
    await take_turns(store, turn("再来一次"))
    assert "再来一次" in await texts(database)
    await assert_the_summary_is_right(database)


async def test_a_database_that_may_only_be_read(talked: ConversationStore) -> None:
    failure = on_each_connection(talked.database, _READ_ONLY[talked.database.engine.dialect.name])
    await assert_the_turn_is_lost_and_the_next_is_kept(talked, failure)


async def test_a_database_that_somebody_else_holds(talked: ConversationStore) -> None:
    database = talked.database
    with on_each_connection(database, _NO_PATIENCE[database.engine.dialect.name]):
        await assert_the_turn_is_lost_and_the_next_is_kept(talked, somebody_writes(database))


async def test_a_summary_that_cannot_be_written_undoes_the_events_before_it(talked: ConversationStore) -> None:
    await assert_the_turn_is_lost_and_the_next_is_kept(talked, no_summary_can_be_written(talked.database))


async def test_a_disk_that_is_full(sqlite_url: str) -> None:
    store = ConversationStore(domain(), host=sqlite_url)
    await take_turns(store, turn())
    with on_each_connection(store.database, "PRAGMA max_page_count = 1"), pytest.raises(SQLAlchemyError, match="full"):
        await take_turns(store, turn("很长" * 100_000))
    assert await texts(store.database) == ["你好", "你好"]
    await take_turns(store, turn("再来一次"))
    await assert_the_summary_is_right(store.database)
    store.close()


async def test_a_turn_that_is_cancelled_in_the_middle_leaves_nothing(talked: ConversationStore) -> None:
    before, state = await rows(talked.database), state_of(await talked.retrieve(CONVERSATION))

    async def take_a_turn() -> None:
        tracker = await begin_turn(talked, [said("等一下"), SlotSet("language", "en")])
        await asyncio.sleep(60)
        await talked.save(tracker)

    taking = asyncio.create_task(take_a_turn())
    await asyncio.sleep(0.05)
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert await rows(talked.database) == before
    assert state_of(await talked.retrieve(CONVERSATION)) == state


async def test_a_save_that_is_cancelled_goes_on_to_its_end_before_the_lock_is_given_back(
    talked: ConversationStore,
) -> None:
    tracker = await begin_turn(talked, turn("存上再走"))
    with somebody_writes(talked.database):
        saving = asyncio.create_task(talked.save(tracker))
        await asyncio.sleep(0.1)
        saving.cancel()
        await asyncio.sleep(0.1)
        assert not saving.done()
    with pytest.raises(asyncio.CancelledError):
        await saving
    assert "存上再走" in await texts(talked.database)
    again = await talked.retrieve(CONVERSATION)
    assert again.latest_message.text == "存上再走"
    await assert_the_summary_is_right(talked.database)
