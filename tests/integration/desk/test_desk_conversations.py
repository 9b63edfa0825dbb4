"""The desk reads the bot's conversations and leaves them alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.desk.conversations import Conversations
from bot.store.database import Database
from bot.store.handoffs import changes_after, handoff_of
from bot.store.messages import messages_after
from bot.store.migrate import migrate
from tests.integration.desk.conversing_bot import BotStore


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


async def test_the_desk_cannot_write_into_them(conversations: Conversations, url: str) -> None:
    bots = Database(url)
    bots.migrate(migrate)
    bots.close()

    with pytest.raises(PermissionError):
        await conversations.write(lambda connection: connection.execute(text("DELETE FROM events")))
    with pytest.raises(OperationalError):
        await conversations.read(lambda connection: connection.execute(text("DELETE FROM events")))


async def test_a_mistake_of_the_desk_is_not_taken_for_an_empty_store(conversations: Conversations, url: str) -> None:
    bots = Database(url)
    bots.migrate(migrate)
    bots.close()

    with pytest.raises(OperationalError):
        await conversations.read(lambda connection: connection.execute(text("SELECT nothing FROM nowhere")))
