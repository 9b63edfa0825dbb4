"""Several workers on one database: each sees what the others have saved, and nothing is lost between them."""

from __future__ import annotations

import asyncio
import itertools
import logging

import pytest
from rasa.utils.endpoints import EndpointConfig

from bot.store.locks import ConversationLocks
from bot.store.tracker_store import ConversationStore
from tests.integration.store.conftest import OpenStore
from tests.integration.store.turns import (
    CONVERSATION,
    assert_the_summary_is_right,
    begin_turn,
    rows,
    take_turns,
    texts,
)
from tests.unit.bot.store.talk import said, turn, walkthrough, written

_TURNS = 15


async def test_each_worker_sees_the_turns_of_the_other(open_store: OpenStore) -> None:
    first, second = open_store(), open_store()
    for number in range(3):
        await take_turns(first, turn(f"一{number}"))
        tracker = await take_turns(second, turn(f"二{number}"))
        assert tracker.events[-len(turn()) - len(turn())].text == f"一{number}"
    messages = [event.text for event in (await first.retrieve(CONVERSATION)).events if event.type_name == "user"]
    assert messages == ["一0", "二0", "一1", "二1", "一2", "二2"]


async def test_a_turn_of_another_worker_makes_the_tracker_in_memory_old(open_store: OpenStore) -> None:
    first, second = open_store(), open_store()
    tracker = await take_turns(first, turn())
    assert await first.retrieve(CONVERSATION) is tracker
    await take_turns(second, turn())
    assert await first.retrieve(CONVERSATION) is not tracker


async def test_two_turns_from_the_same_state_are_both_kept(
    open_store: OpenStore, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = open_store(), open_store()
    await take_turns(first, turn("开始"))
    trackers = [await begin_turn(store, walkthrough(text)) for store, text in ((first, "甲"), (second, "乙"))]
    with caplog.at_level(logging.WARNING):
        await asyncio.gather(first.save(trackers[0]), second.save(trackers[1]))
    assert [record for record in caplog.records if "two workers" in record.getMessage()]
    stored = await rows(first.database)
    assert len(stored) == len(turn()) + 2 * len(walkthrough())
    said_then = [event["text"] for _, event in stored if event["event"] == "user"]
    assert said_then in (["开始", "甲", "乙"], ["开始", "乙", "甲"])
    await assert_the_summary_is_right(first.database)
    for store in (first, second):
        loaded = await store.retrieve(CONVERSATION)
        assert [event.text for event in loaded.events if event.type_name == "user"] == said_then


async def test_two_first_turns_at_once_are_both_kept(open_store: OpenStore) -> None:
    stores = [open_store() for _ in range(4)]
    for attempt in range(5):
        name = f"terminal-{attempt}"
        await asyncio.gather(*(take_turns(store, turn(), conversation_id=name) for store in stores))
        assert len(await rows(stores[0].database, name)) == len(stores) * len(turn())
        await assert_the_summary_is_right(stores[0].database, name)


async def test_workers_that_take_turns_lose_and_double_nothing(
    open_store: OpenStore, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    workers = [(open_store(), ConversationLocks(EndpointConfig(url=url))) for _ in range(2)]
    if not workers[0][0].database.is_shared:
        # On SQLite one process serves, with one set of locks.
        workers = [(store, workers[0][1]) for store, _ in workers]

    async def serve(store: ConversationStore, locks: ConversationLocks, text: str) -> None:
        async with locks.lock(CONVERSATION):
            tracker = await begin_turn(store, [said(text)])
            await asyncio.sleep(0.001)
            tracker.update(written(f"answer to {text}"))
            await store.save(tracker)

    asked = itertools.product(range(_TURNS), enumerate(workers))
    await asyncio.gather(*(serve(*worker, f"{place}-{number}") for number, (place, worker) in asked))
    store = workers[0][0]
    spoken = await texts(store.database)
    questions, answers = spoken[::2], spoken[1::2]
    assert answers == [f"answer to {question}" for question in questions]
    for place in range(len(workers)):
        of_worker = [question for question in questions if question.startswith(f"{place}-")]
        assert of_worker == [f"{place}-{number}" for number in range(_TURNS)]
    assert not caplog.records
    await assert_the_summary_is_right(store.database)
    for _, locks in set(workers):
        locks.close()
