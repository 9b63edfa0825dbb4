"""A conversation that is removed while the bot runs: what it has in memory of it is not written back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest
from rasa.utils.endpoints import EndpointConfig
from sqlalchemy import text

from bot.desk.retention.layout import layouts
from bot.desk.retention.record import Record, remove
from bot.store.locks import ConversationLocks
from bot.store.tracker_store import ConversationStore, Forgotten
from tests.integration.store.conftest import OpenStore
from tests.integration.store.turns import (
    CONVERSATION,
    assert_the_summary_is_right,
    begin_turn,
    rows,
    take_turns,
    texts,
)
from tests.unit.bot.store.talk import said, session, turn, walkthrough, written

_TURNS = 20


@pytest.fixture
def record(url: str, store: ConversationStore) -> Iterator[Record]:
    """The store's database, as it is opened to remove something."""
    record = Record(url)
    yield record
    record.close()


async def forget(record: Record) -> None:
    tables = await record.read(layouts)
    await record.write(partial(remove, tables=tables, names=[CONVERSATION]))


async def test_a_removed_conversation_is_not_known_any_more_though_it_is_in_memory(
    store: ConversationStore, record: Record
) -> None:
    tracker = await take_turns(store, session(), walkthrough())
    assert await store.retrieve(CONVERSATION) is tracker

    await forget(record)

    assert await store.retrieve(CONVERSATION) is None
    assert not await store.exists(CONVERSATION)
    assert await rows(store.database) == []


async def test_the_next_message_begins_anew(store: ConversationStore, record: Record) -> None:
    await take_turns(store, session(), walkthrough("我的卡号丢了"))
    before = await rows(store.database)
    await forget(record)

    tracker = await take_turns(store, turn("您好"))

    assert tracker.get_slot("walkthrough") is None
    assert await texts(store.database) == ["您好", "你好"]
    # What was removed does not lend its number to what comes after it.
    assert (await rows(store.database))[0][0] > before[-1][0]
    await assert_the_summary_is_right(store.database)


async def test_of_a_turn_that_was_under_way_nothing_is_kept(store: ConversationStore, record: Record) -> None:
    await take_turns(store, session(), walkthrough())
    tracker = await begin_turn(store, [said("还是不行"), written("我来帮您")])
    await forget(record)

    with pytest.raises(Forgotten):
        await store.save(tracker)

    assert await rows(store.database) == []
    assert await store.retrieve(CONVERSATION) is None


async def test_another_worker_does_not_write_back_what_it_remembers(open_store: OpenStore, record: Record) -> None:
    first, second = open_store(), open_store()
    await take_turns(first, turn("一"))
    await take_turns(second, turn("二"))
    tracker = await begin_turn(first, [said("三")])
    await forget(record)
    await take_turns(second, turn("四"))

    with pytest.raises(Forgotten):
        await first.save(tracker)

    assert await texts(first.database) == ["四", "你好"]


async def test_whoever_writes_all_the_time_is_forgotten_whole_turn_by_whole_turn(
    store: ConversationStore, record: Record
) -> None:
    forgotten = 0

    async def write() -> None:
        nonlocal forgotten
        for number in range(_TURNS):
            tracker = await begin_turn(store, turn(f"{number}"))
            try:
                await store.save(tracker)
            except Forgotten:
                forgotten += 1

    writing = asyncio.create_task(write())
    while not writing.done():
        await forget(record)
    await writing

    left = await texts(store.database)
    assert left[1::2] == ["你好"] * (len(left) // 2)
    assert len(left) % 2 == 0
    await assert_the_summary_is_right(store.database)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_on_a_shared_database_a_turn_that_is_under_way_is_waited_for(
    store: ConversationStore, record: Record, url: str
) -> None:
    locks = ConversationLocks(EndpointConfig(url=url))
    await take_turns(store, turn("一"))
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with locks.lock(CONVERSATION):
        tracker = await begin_turn(store, turn("二"))
        forgetting = asyncio.create_task(forget(record))
        while not await store.database.read(lambda each: each.execute(waiting).scalar()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await store.save(tracker)

    await forgetting
    assert await rows(store.database) == []
    locks.close()
