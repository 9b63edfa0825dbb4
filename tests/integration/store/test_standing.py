"""What a channel asks before it takes a message: is it stored already, is its question over, has anything been said."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import SlotSet, UserUttered
from sqlalchemy.exc import IntegrityError

from bot.store.database import Database
from bot.store.standing import Standing, seq_of, standing_of
from bot.store.tracker_store import ConversationStore
from tests.integration.store.turns import CONVERSATION, begin_turn, rows, take_turns
from tests.unit.bot.store.talk import answered, listened, said, session, written


def sent(message_id: str, text: str = "付款失败") -> UserUttered:
    """A message under its sender's id."""
    message = said(text)
    message.message_id = message_id
    return message


async def test_a_conversation_that_has_not_begun_stands_nowhere(database: Database) -> None:
    assert await standing_of(database, CONVERSATION, "m-1", question=3) == Standing(None, False, False, None)


async def test_a_stored_message_is_found_by_its_id(store: ConversationStore, database: Database) -> None:
    await take_turns(store, [*session(), sent("m-1"), answered()])
    assert (await standing_of(database, CONVERSATION, "m-1", None)).seq == await seq_of(database, CONVERSATION, "m-1")
    assert dict(await rows(database))[await seq_of(database, CONVERSATION, "m-1") or 0]["message_id"] == "m-1"


async def test_the_id_of_another_conversation_s_message_is_not(store: ConversationStore, database: Database) -> None:
    await take_turns(store, [sent("m-1")], conversation_id="widget-2")
    await take_turns(store, [sent("m-2")])
    assert await standing_of(database, CONVERSATION, "m-1", None) == Standing(None, True, False, None)


async def test_a_question_is_over_once_the_user_has_said_anything_else(
    store: ConversationStore, database: Database
) -> None:
    await take_turns(store, [sent("m-1"), answered("可以了吗?"), listened()])
    (question,) = [event_id for event_id, event in await rows(database) if event["event"] == "bot"]
    assert not (await standing_of(database, CONVERSATION, "m-2", question)).has_moved_on
    await take_turns(store, [sent("m-2"), answered("可以了吗?"), listened()])
    assert (await standing_of(database, CONVERSATION, "m-3", question)).has_moved_on


async def test_a_message_cannot_be_stored_twice(store: ConversationStore, database: Database) -> None:
    await take_turns(store, [sent("m-1")])
    tracker = await begin_turn(store, [sent("m-1", "again"), answered()])
    with pytest.raises(IntegrityError):
        await store.save(tracker)
    assert [event["text"] for _, event in await rows(database)] == ["付款失败"]
    await take_turns(store, [sent("m-2", "还有")])
    assert [event["text"] for _, event in await rows(database)] == ["付款失败", "还有"]


async def test_a_channel_learns_whether_a_person_serves(store: ConversationStore, database: Database) -> None:
    await take_turns(store, [sent("m-1"), SlotSet("handoff", {"state": "active"})])
    assert (await standing_of(database, CONVERSATION, "m-2", None)).handoff_state == "active"


async def test_a_line_of_the_desk_is_found_by_what_the_desk_calls_it(
    store: ConversationStore, database: Database
) -> None:
    await take_turns(store, [sent("m-1"), written("在的", letter="letter-1")])
    seq = await seq_of(database, CONVERSATION, "letter-1")
    assert dict(await rows(database))[seq or 0]["text"] == "在的"


async def test_a_line_of_the_desk_cannot_be_stored_twice(store: ConversationStore, database: Database) -> None:
    await take_turns(store, [sent("m-1"), written("在的", letter="letter-1")])
    tracker = await begin_turn(store, [written("在的", letter="letter-1")])
    with pytest.raises(IntegrityError):
        await store.save(tracker)
    assert [event["text"] for _, event in await rows(database)] == ["付款失败", "在的"]
