"""What is saved comes back: all of it, in order, and no more than is needed."""

from __future__ import annotations

import random

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.store.database import Database
from bot.store.live_tracker import KEPT_EVENTS
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
from tests.stack.postgres import Postgres
from tests.unit.bot.store.talk import (
    TURNS,
    conversation,
    domain,
    handed_over,
    person_left,
    recorded,
    said,
    session,
    solved,
    state_of,
    step,
    taken_back,
    talk_with_a_person,
    turn,
    walkthrough,
    written,
)


async def test_an_unknown_conversation_has_no_tracker(store: ConversationStore) -> None:
    assert await store.retrieve(CONVERSATION) is None
    assert await store.retrieve_full_tracker(CONVERSATION) is None
    assert not await store.exists(CONVERSATION)
    assert list(await store.keys()) == []


async def test_what_is_saved_comes_back_to_another_worker(open_store: OpenStore) -> None:
    events = conversation([turn, walkthrough])
    await take_turns(open_store(), events)
    store = open_store()
    tracker = await store.retrieve(CONVERSATION)
    assert tracker is not None
    # A session begins with its first event, not with the action that began it.
    assert [event.as_dict() for event in tracker.events] == [event.as_dict() for event in events[1:]]
    assert await store.exists(CONVERSATION)
    assert list(await store.keys()) == [CONVERSATION]


@pytest.mark.parametrize(
    "text", ["👍🏽", "NUL \x00", "half \ud83d pair", "'); DROP TABLE events;", "\u2028\r\n", "x" * 100_000]
)
async def test_whatever_is_said_comes_back_as_it_was(open_store: OpenStore, text: str) -> None:
    await take_turns(open_store(), [said(text), written(text)])
    tracker = await open_store().retrieve(CONVERSATION)
    assert [event.text for event in tracker.events] == [text, text]


async def test_what_a_writer_is_registered_with_is_kept_neither_in_the_database_nor_in_memory(
    store: ConversationStore, database: Database
) -> None:
    message = said("我的手机是 138****0001")
    # Rasa gives an event metadata of its own once it knows its model, and what was parsed keeps the former.
    message.parse_data["metadata"]["login"] = message.metadata["login"] = "13800000001"
    message.metadata = {**message.metadata}
    tracker = await take_turns(store, [message])
    assert "13800000001" not in str([event.as_dict() for event in tracker.events])
    assert "13800000001" not in str(await rows(database))
    ((_, stored),) = await rows(database)
    assert stored["metadata"] == {"identity": {"user_id": None}}


async def test_only_new_events_are_written(store: ConversationStore, database: Database) -> None:
    await take_turns(store, session(), turn())
    before = await rows(database)
    await take_turns(store, turn("再见"))
    after = await rows(database)
    assert after[: len(before)] == before
    assert len(after) == len(before) + len(turn())
    ids = [event_id for event_id, _ in after]
    assert ids == sorted(set(ids))


async def test_a_tracker_without_new_events_is_not_written(store: ConversationStore, database: Database) -> None:
    tracker = await take_turns(store, turn())
    before = await rows(database)
    await store.save(tracker)
    await store.save(store.init_tracker("terminal-2"))
    assert await rows(database) == before
    assert list(await store.keys()) == [CONVERSATION]


async def test_events_of_several_conversations_are_kept_apart(store: ConversationStore, database: Database) -> None:
    for number in range(3):
        for name in ("a", "b"):
            await take_turns(store, [said(f"{name}{number}")], conversation_id=name)
    assert await texts(database, "a") == ["a0", "a1", "a2"]
    assert await texts(database, "b") == ["b0", "b1", "b2"]


async def test_of_two_sessions_only_the_second_is_loaded(open_store: OpenStore) -> None:
    await take_turns(open_store(), session(), walkthrough(), recorded([session()]), turn("又来了"))
    tracker = await open_store().retrieve(CONVERSATION)
    messages = [event.text for event in tracker.events if event.type_name == "user"]
    assert messages == ["又来了"]
    assert tracker.get_slot("walkthrough") is None
    assert tracker.active_loop_name is None


async def test_all_sessions_can_be_loaded_and_gone_on_with(open_store: OpenStore) -> None:
    await take_turns(open_store(), session(), walkthrough("一"), session(), turn("二"))
    store = open_store()
    tracker = await store.retrieve_full_tracker(CONVERSATION)
    assert [event.text for event in tracker.events if event.type_name == "user"] == ["一", "二"]
    tracker.update(said("三"))
    await store.save(tracker)
    assert (await texts(store.database))[-1] == "三"
    assert await store.retrieve(CONVERSATION) is tracker


@pytest.mark.parametrize("seed", range(5))
async def test_a_long_session_is_loaded_in_part_with_the_state_of_all_of_it(open_store: OpenStore, seed: int) -> None:
    kinds = random.Random(seed).choices(TURNS, k=120)  # noqa: S311 - which turns come does not matter
    events = conversation([*kinds, turn])
    first = open_store()
    live = await take_turns(first, *[events[place : place + 7] for place in range(0, len(events), 7)])
    loaded = await open_store().retrieve(CONVERSATION)
    everything = DialogueStateTracker.from_events(CONVERSATION, events, domain().slots)
    assert len(loaded.events) <= 2 * KEPT_EVENTS
    assert state_of(loaded) == state_of(live) == state_of(everything)
    assert [event.as_dict() for event in loaded.events] == [event.as_dict() for event in live.events]
    await assert_the_summary_is_right(first.database)


@pytest.mark.parametrize(
    "kinds",
    [
        [walkthrough, *[step] * 60],
        [walkthrough, step, solved, *[turn] * 60],
        [handed_over, *[talk_with_a_person] * 60],
        [handed_over, *[talk_with_a_person] * 60, person_left, turn],
        [taken_back, *[turn] * 60],
    ],
)
async def test_a_long_session_of_one_kind_is_loaded_as_it_stands(open_store: OpenStore, kinds: list[object]) -> None:
    events = conversation(kinds)
    live = await take_turns(open_store(), *[events[place : place + 7] for place in range(0, len(events), 7)])
    loaded = await open_store().retrieve(CONVERSATION)
    everything = DialogueStateTracker.from_events(CONVERSATION, events, domain().slots)
    assert len(loaded.events) <= 2 * KEPT_EVENTS
    assert state_of(loaded) == state_of(live) == state_of(everything)


async def test_the_latest_trackers_stay_in_memory_and_no_more(open_store: OpenStore) -> None:
    store = open_store(cached_trackers=2)
    first, second, third = [await take_turns(store, turn(), conversation_id=name) for name in "abc"]
    assert await store.retrieve("c") is third
    assert await store.retrieve("b") is second
    assert await store.retrieve("a") is not first
    assert await store.retrieve("c") is not third


async def test_a_turn_that_was_not_saved_is_not_remembered(store: ConversationStore) -> None:
    await take_turns(store, session(), turn())
    await begin_turn(store, [said("忘了我"), SlotSet("language", "en")])
    tracker = await store.retrieve(CONVERSATION)
    assert [event.text for event in tracker.events if event.type_name == "user"] == ["你好"]
    assert tracker.get_slot("language") == "zh"


async def test_a_tracker_of_another_kind_is_refused(store: ConversationStore) -> None:
    with pytest.raises(TypeError):
        await store.save(DialogueStateTracker.from_events("x", turn()))


class FakeBroker(EventBroker):
    """Takes what is published."""

    def __init__(self) -> None:
        self.published: list[dict[str, object]] = []

    def publish(self, event: dict[str, object]) -> None:
        self.published.append(event)


async def test_new_events_are_published_once_they_are_stored(store: ConversationStore) -> None:
    store.event_broker = FakeBroker()
    await take_turns(store, [said("一")], [said("二"), written("三")])
    assert [event["text"] for event in store.event_broker.published] == ["一", "二", "三"]


async def test_a_database_that_is_gone_is_not_reachable(postgres: Postgres) -> None:
    with postgres.new_database() as url:
        store = ConversationStore(domain(), host=url)
        assert await store.is_reachable()
    assert not await store.is_reachable()
    store.close()
