"""The desk reads the bot's conversations and writes beside them, not into them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.desk.conversations import Conversations
from bot.store.database import Database
from bot.store.handoffs import changes_after, handoff_of
from bot.store.messages import messages_after
from bot.store.migrate import migrate
from bot.store.review_tables import conversation_tags
from bot.store.tables import conversations as table_of_conversations
from bot.store.tables import episodes, events
from tests.integration.desk.conversing_bot import BotStore

TAG = {"conversation_id": "c-1", "tag": "odd", "by": "wang", "at": 1.0}


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/var/conversations.sqlite"


@pytest.fixture
def conversations(url: str) -> Iterator[Conversations]:
    """What the desk opens, whether the bot has begun or not."""
    opened = Conversations(url)
    yield opened
    opened.close()


async def test_before_the_bot_has_begun_there_is_no_conversation_and_no_file_is_made(
    conversations: Conversations, tmp_path: Path
) -> None:
    assert await messages_after(conversations, "c-1") == []
    assert await changes_after(conversations, "c-1") == []
    assert await handoff_of(conversations, "c-1") is None
    assert not (tmp_path / "var" / "conversations.sqlite").exists()


async def test_a_file_in_which_there_is_nothing_yet_is_no_conversation_either(
    conversations: Conversations, tmp_path: Path
) -> None:
    (tmp_path / "var" / "conversations.sqlite").touch()

    assert await messages_after(conversations, "c-1") == []


async def test_what_the_bot_writes_after_the_desk_has_begun_is_read(conversations: Conversations, url: str) -> None:
    assert await messages_after(conversations, "c-1") == []
    store = BotStore(url)
    try:
        await store.user("c-1", "hello")

        assert [message.text for message in await messages_after(conversations, "c-1")] == ["hello"]
    finally:
        store.close()


@pytest.fixture
def begun(conversations: Conversations, url: str) -> Conversations:
    """The same, once the bot has made its tables."""
    bots = Database(url)
    bots.migrate(migrate)
    bots.close()
    return conversations


async def test_what_leads_add_is_kept_and_read(begun: Conversations) -> None:
    await begun.write(lambda connection: connection.execute(insert(conversation_tags).values(TAG)))
    tags = select(conversation_tags.c.tag)
    assert await begun.read(lambda connection: connection.execute(tags).scalars().all()) == ["odd"]
    await begun.write(lambda connection: connection.execute(delete(conversation_tags)))
    assert await begun.read(lambda connection: connection.execute(tags).scalars().all()) == []


async def test_what_fails_half_way_adds_nothing(begun: Conversations) -> None:
    def add_twice(connection: Connection) -> None:
        connection.execute(insert(conversation_tags).values(TAG))
        connection.execute(insert(conversation_tags).values(TAG))

    with pytest.raises(IntegrityError):
        await begun.write(add_twice)
    assert await begun.read(lambda connection: connection.execute(select(conversation_tags)).all()) == []


@pytest.mark.parametrize(
    "statement",
    [delete(events), update(episodes).values(topic=None), insert(table_of_conversations), text("DELETE FROM events")],
    ids=str,
)
async def test_the_record_itself_is_not_written(begun: Conversations, statement: Any) -> None:
    with pytest.raises(PermissionError):
        await begun.write(lambda connection: connection.execute(statement))


async def test_reading_writes_nothing_though_something_was_written_before(begun: Conversations) -> None:
    await begun.write(lambda connection: connection.execute(insert(conversation_tags).values(TAG)))
    for table in ("events", "conversation_tags"):
        # More often than there are connections, so that the one that wrote is among them.
        for _ in range(10):
            with pytest.raises(OperationalError):
                await begun.read(lambda connection, table=table: connection.execute(text(f"DELETE FROM {table}")))  # noqa: S608


async def test_nothing_is_added_before_the_bot_has_begun(conversations: Conversations, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        await conversations.write(lambda connection: connection.execute(insert(conversation_tags).values(TAG)))
    assert not (tmp_path / "var" / "conversations.sqlite").exists()


async def test_bot_and_desk_write_the_same_file_in_turn(begun: Conversations, url: str) -> None:
    store = BotStore(url)
    tags = ({**TAG, "tag": f"odd {number}"} for number in range(20))
    adding = [
        begun.write(lambda connection, tag=tag: connection.execute(insert(conversation_tags).values(tag)))
        for tag in tags
    ]
    try:
        await asyncio.gather(*adding, *(store.user("c-1", f"line {number}") for number in range(20)))
    finally:
        store.close()
    assert len(await messages_after(begun, "c-1")) == 20
    assert len(await begun.read(lambda connection: connection.execute(select(conversation_tags)).all())) == 20


async def test_a_bot_that_has_not_brought_its_tables_up_to_date_has_nothing_of_the_new_ones(
    begun: Conversations, url: str
) -> None:
    older = Database(url)
    await older.write(lambda connection: connection.execute(text("DROP TABLE episodes")))
    older.close()
    assert await begun.read(lambda connection: connection.execute(select(episodes)).all()) == []


async def test_a_mistake_of_the_desk_is_not_taken_for_an_empty_store(begun: Conversations) -> None:
    with pytest.raises(OperationalError):
        await begun.read(lambda connection: connection.execute(text("SELECT nothing FROM nowhere")))
