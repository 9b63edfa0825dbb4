"""The hand-offs of a conversation as the desk reads them: change by change, and how each stands."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import Event, Restarted, SlotSet

from bot.store.database import Database
from bot.store.handoffs import HandoffChange, changes_after, handoff_of, state_of
from bot.store.tracker_store import ConversationStore
from tests.integration.store.turns import CONVERSATION, take_turns
from tests.unit.bot.store.talk import FIRST_AT, answered, recorded, said, session, turn

FIRST, SECOND = "WH-0001-0001", "WH-0002-0002"


def standing(number: str, state: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "state": state, **more}


def becomes(number: str, state: str, **more: Any) -> SlotSet:
    return SlotSet("handoff", standing(number, state, **more))


def two_hand_offs() -> list[Event]:
    """The first became a case that stays open, the second is being served."""
    asked = [said("人工"), becomes(FIRST, "requested"), becomes(FIRST, "case"), answered("已登记")]
    return [*asked, said("人工"), becomes(SECOND, "queued", position=1), becomes(SECOND, "claimed", agent="李雷")]


async def test_the_changes_come_in_order_with_when_and_what(store: ConversationStore, database: Database) -> None:
    await take_turns(store, recorded([two_hand_offs()]))
    assert await changes_after(database, CONVERSATION) == [
        HandoffChange(2, FIRST_AT + 1, standing(FIRST, "requested")),
        HandoffChange(3, FIRST_AT + 2, standing(FIRST, "case")),
        HandoffChange(6, FIRST_AT + 5, standing(SECOND, "queued", position=1)),
        HandoffChange(7, FIRST_AT + 6, standing(SECOND, "claimed", agent="李雷")),
    ]


async def test_only_what_changed_after_is_given_and_no_more_than_asked_for(
    store: ConversationStore, database: Database
) -> None:
    await take_turns(store, two_hand_offs())
    assert [change.standing["state"] for change in await changes_after(database, CONVERSATION, after=3)] == [
        "queued",
        "claimed",
    ]
    assert [change.seq for change in await changes_after(database, CONVERSATION, limit=1)] == [2]


async def test_the_newest_hand_off_is_the_one_that_stands(store: ConversationStore, database: Database) -> None:
    await take_turns(store, two_hand_offs())
    assert await handoff_of(database, CONVERSATION) == standing(SECOND, "claimed", agent="李雷")


async def test_an_earlier_hand_off_is_found_by_its_number(store: ConversationStore, database: Database) -> None:
    await take_turns(store, two_hand_offs())
    assert await state_of(database, CONVERSATION, FIRST) == "case"
    assert await state_of(database, CONVERSATION, SECOND) == "claimed"
    assert await state_of(database, CONVERSATION, "WH-0003-0003") is None


async def test_other_slots_and_other_conversations_have_no_hand_off(
    store: ConversationStore, database: Database
) -> None:
    await take_turns(store, session(), turn())
    await take_turns(store, two_hand_offs(), conversation_id="widget-2")
    assert await changes_after(database, CONVERSATION) == []
    assert (await handoff_of(database, CONVERSATION), await state_of(database, CONVERSATION, FIRST)) == (None, None)


async def test_a_slot_that_was_emptied_is_no_hand_off(store: ConversationStore, database: Database) -> None:
    await take_turns(store, [said(), becomes(FIRST, "case"), SlotSet("handoff", None), Restarted()])
    assert await handoff_of(database, CONVERSATION) is None
    assert [change.standing["state"] for change in await changes_after(database, CONVERSATION)] == ["case"]
