"""Whoever waits for news of a conversation hears of it, whichever worker stored it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.store.announcements import News
from bot.store.messages import messages_after
from bot.store.tracker_store import ConversationStore
from tests.integration.store.conftest import OpenStore
from tests.integration.store.turns import CONVERSATION, take_turns
from tests.unit.bot.store.talk import turn

_SOON = 20  # seconds, on the busiest machine


async def heard(queue: asyncio.Queue[Any]) -> Any:
    """The next news; a test that waits for ever fails."""
    return await asyncio.wait_for(queue.get(), _SOON)


@pytest.fixture
async def other(open_store: OpenStore) -> AsyncIterator[ConversationStore]:
    """Another worker's store, which listens."""
    worker = open_store()
    worker.announcements.start()
    yield worker
    worker.announcements.close()


async def test_a_turn_is_announced_when_it_can_be_read(store: ConversationStore) -> None:
    with store.announcements.of(CONVERSATION) as news:
        await take_turns(store, turn())
        assert await heard(news) is News.STORED
    assert len(await messages_after(store.database, CONVERSATION)) == 2


async def test_nobody_hears_of_another_conversation(store: ConversationStore) -> None:
    with store.announcements.of("widget-2") as news:
        await take_turns(store, turn())
        assert news.empty()


async def test_who_has_gone_is_forgotten(store: ConversationStore) -> None:
    with store.announcements.of(CONVERSATION), store.announcements.of(CONVERSATION):
        pass
    assert store.announcements._waiting == {}


async def test_the_end_of_the_process_reaches_those_who_wait_and_those_who_come_late(store: ConversationStore) -> None:
    with store.announcements.of(CONVERSATION) as early:
        store.announcements.close()
        with store.announcements.of(CONVERSATION) as late:
            assert [await heard(early), await heard(late)] == [News.CLOSING, News.CLOSING]


async def test_who_overhears_everything_hears_of_every_conversation_by_its_id(store: ConversationStore) -> None:
    with store.announcements.of_all() as news:
        await take_turns(store, turn())
        await take_turns(store, turn(), conversation_id="widget-2")
        await store.tell("widget-3", News.USER_TYPING)
        assert [await heard(news) for _ in range(3)] == [
            (CONVERSATION, News.STORED),
            ("widget-2", News.STORED),
            ("widget-3", News.USER_TYPING),
        ]
        assert news.empty()
    assert store.announcements._overhearing == set()


async def test_what_is_not_stored_reaches_those_who_wait_on_its_conversation_alone(store: ConversationStore) -> None:
    with store.announcements.of(CONVERSATION) as news, store.announcements.of("widget-2") as elsewhere:
        await store.tell(CONVERSATION, News.PERSON_TYPING)
        assert await heard(news) is News.PERSON_TYPING
        assert elsewhere.empty()


async def test_the_end_of_the_process_reaches_who_overhears_everything(store: ConversationStore) -> None:
    with store.announcements.of_all() as early:
        store.announcements.close()
        with store.announcements.of_all() as late:
            assert [await heard(early), await heard(late)] == [(None, News.CLOSING)] * 2


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("told", [News.USER_TYPING, News.USER_STOPPED_TYPING, News.PERSON_TYPING])
async def test_typing_at_one_worker_is_told_at_the_other_once(
    store: ConversationStore, other: ConversationStore, told: News
) -> None:
    with other.announcements.of_all() as news:
        assert await heard(news) == (None, News.STORED)  # at its start it cannot know what it missed
        await store.tell(CONVERSATION, told)
        await take_turns(store, turn())
        assert [await heard(news) for _ in range(2)] == [(CONVERSATION, told), (CONVERSATION, News.STORED)]
        assert news.empty()


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_turn_of_another_worker_is_announced(store: ConversationStore, other: ConversationStore) -> None:
    with other.announcements.of(CONVERSATION) as news:
        assert await heard(news) is News.STORED  # at its start it cannot know what it missed
        await take_turns(store, turn())
        assert await heard(news) is News.STORED
        assert len(await messages_after(other.database, CONVERSATION)) == 2


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_a_lost_connection_is_made_again_and_nothing_is_missed(
    store: ConversationStore, other: ConversationStore
) -> None:
    with other.announcements.of(CONVERSATION) as news:
        await heard(news)
        await store.database.write(_cut_those_who_listen)
        await take_turns(store, turn())
        assert await heard(news) is News.STORED
        assert len(await messages_after(other.database, CONVERSATION)) == 2


def _cut_those_who_listen(connection: Connection) -> Any:
    return connection.execute(
        text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    ).all()
