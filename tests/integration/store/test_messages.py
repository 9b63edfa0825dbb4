"""What was said after a moment, for a widget that was away."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from bot.store.messages import StoredMessage, messages_after
from bot.store.tracker_store import ConversationStore
from tests.integration.store.turns import CONVERSATION, take_turns
from tests.unit.bot.store.talk import FIRST_AT, answered, listened, recorded, said, session, turn, written

BUTTONS = [{"title": "可以了", "payload": "/step_done"}, {"title": "It works", "payload": "/step_done"}]


async def test_a_message_tells_who_wrote_what_and_when(store: ConversationStore, database: Database) -> None:
    asked = said("手续费?", "ask_fees", 0.7)
    asked.message_id = "m-1"
    told = answered("免费", "utter_fees", BUTTONS)
    await take_turns(store, recorded([[asked, told, listened(), written("我是小王")]]))
    assert await messages_after(database, CONVERSATION) == [
        StoredMessage(1, "user", "手续费?", FIRST_AT, intent="ask_fees", confidence=0.7, message_id="m-1"),
        StoredMessage(2, "bot", "免费", FIRST_AT + 1, buttons=tuple(BUTTONS), response="utter_fees"),
        StoredMessage(4, "person", "我是小王", FIRST_AT + 3),
    ]


async def test_only_what_came_after_is_given(store: ConversationStore, database: Database) -> None:
    await take_turns(store, session(), turn("一"))
    seen = (await messages_after(database, CONVERSATION))[-1].seq
    assert await messages_after(database, CONVERSATION, after=seen) == []
    await take_turns(store, [said("二"), answered("三")])
    assert [message.text for message in await messages_after(database, CONVERSATION, after=seen)] == ["二", "三"]


async def test_many_messages_come_in_parts_without_a_gap(store: ConversationStore, database: Database) -> None:
    await take_turns(store, *([said(f"{number}"), answered(f"{number}")] for number in range(30)))
    got: list[StoredMessage] = []
    while part := await messages_after(database, CONVERSATION, after=got[-1].seq if got else 0, limit=7):
        assert len(part) <= 7
        got += part
    assert [message.text for message in got] == [f"{number}" for number in range(30) for _ in range(2)]


@pytest.mark.parametrize("text", [None, "", "NUL \x00 😀", "half \ud83d pair"])
async def test_a_message_is_given_whatever_it_says(
    store: ConversationStore, database: Database, text: str | None
) -> None:
    await take_turns(store, [said(text), answered(text)])
    assert [message.text for message in await messages_after(database, CONVERSATION)] == [text, text]


async def test_messages_of_former_sessions_are_given_too(store: ConversationStore, database: Database) -> None:
    await take_turns(store, session(), turn("昨天"), session(), turn("今天"))
    users = [message for message in await messages_after(database, CONVERSATION) if message.author == "user"]
    assert [message.text for message in users] == ["昨天", "今天"]


async def test_nothing_of_another_conversation_is_given(store: ConversationStore, database: Database) -> None:
    await take_turns(store, turn(), conversation_id="terminal-2")
    assert await messages_after(database, CONVERSATION) == []
    assert await messages_after(database, "terminal-2%") == []
