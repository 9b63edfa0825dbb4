"""What was said after a moment, for a widget that was away."""

from __future__ import annotations

import pytest

from bot.store.database import Database
from bot.store.messages import StoredMessage, last_messages, messages_after
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


async def test_a_line_of_a_person_bears_his_name_and_what_the_desk_calls_it(
    store: ConversationStore, database: Database
) -> None:
    claimed = answered("李雷已接入", "utter_handoff_claim", letter="letter-1")
    await take_turns(store, [said(), claimed, written("在的", agent="李雷", letter="letter-2")])
    told = (await messages_after(database, CONVERSATION))[1:]
    assert [(message.author, message.agent, message.letter, message.response) for message in told] == [
        ("bot", None, "letter-1", "utter_handoff_claim"),
        ("person", "李雷", "letter-2", None),
    ]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"stars": "5", "rates": "person"}, (5, "person")),
        ({"stars": "1", "rates": "bot"}, (1, "bot")),
        ({"stars": "4"}, (4, None)),
        ({}, (None, None)),
    ],
    ids=["a person's button", "the bot's button", "typed", "no stars"],
)
async def test_stars_say_whom_they_were_given(
    store: ConversationStore, database: Database, given: dict[str, str], expected: tuple[int | None, str | None]
) -> None:
    rated = said("5", "rate_service")
    rated.parse_data["entities"] = [{"entity": name, "value": value} for name, value in given.items()]
    await take_turns(store, [rated, said("5 元", "ask_fees")])
    first, second = await messages_after(database, CONVERSATION)
    assert (first.stars, first.rates) == expected
    assert (second.stars, second.rates) == (None, None)


async def test_the_newest_messages_are_given_oldest_first(store: ConversationStore, database: Database) -> None:
    await take_turns(store, *([said(f"{number}"), listened(), answered(f"{number}")] for number in range(9)))
    newest = await last_messages(database, CONVERSATION, limit=4)
    assert [message.text for message in newest] == ["7", "7", "8", "8"]
    older = await last_messages(database, CONVERSATION, limit=4, before=newest[0].seq)
    assert [message.text for message in older] == ["5", "5", "6", "6"]
    assert await last_messages(database, CONVERSATION, before=1) == []


async def test_going_back_through_the_newest_messages_gives_all_of_them(
    store: ConversationStore, database: Database
) -> None:
    await take_turns(store, *([said(f"{number}"), answered(f"{number}")] for number in range(10)))
    got: list[StoredMessage] = []
    while part := await last_messages(database, CONVERSATION, limit=3, before=got[0].seq if got else None):
        got = [*part, *got]
    assert got == await messages_after(database, CONVERSATION)
