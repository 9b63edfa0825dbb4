"""Episodes in the database: what the fold says of the events, and who has come back across conversations."""

from __future__ import annotations

import random
from dataclasses import fields
from typing import Any

import pytest
from rasa.shared.core.events import Event
from sqlalchemy import select, text, update
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.episode import Episode
from bot.store.episode_fold import fold
from bot.store.episode_rows import mark_all_returns
from bot.store.tables import episodes as table
from bot.store.tracker_store import ConversationStore
from tests.integration.store.conftest import OpenStore
from tests.integration.store.turns import CONVERSATION, rows, take_turns
from tests.unit.bot.store.service import (
    DAY,
    START,
    asks,
    asks_for_a_person,
    begins_again,
    ends,
    is_claimed,
    is_resolved,
    is_served,
    rates,
    starts,
)
from tests.unit.bot.store.talk import recorded, said, session, turn

PAYMENT = "payment_failure"


async def stored(database: Database, conversation_id: str = CONVERSATION) -> list[Episode]:
    """The episodes that the database holds, in order of number."""
    of_conversation = select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.number)
    found = await database.read(lambda connection: connection.execute(of_conversation).mappings().all())
    return [Episode(**{field.name: row[field.name] for field in fields(Episode)}) for row in found]


async def returns(database: Database) -> list[tuple[str, int]]:
    """Which episodes somebody came back for."""
    marked = select(table.c.conversation_id, table.c.number).where(table.c.returned == 1).order_by(table.c.id)
    found = await database.read(lambda connection: connection.execute(marked).all())
    return [tuple(row) for row in found]


async def comes(store: ConversationStore, name: str, *talk: list[Event], at: float = START, **named: Any) -> None:
    """Somebody has a talk that is about a payment, if not otherwise said."""
    events = recorded(talk or [starts(PAYMENT, **named), ends(PAYMENT, "solved_by_user")], at)
    await take_turns(store, events, conversation_id=name)


@pytest.mark.parametrize("seed", range(2))
async def test_they_are_what_the_fold_says_of_all_events(open_store: OpenStore, seed: int) -> None:
    served = [*is_claimed(), *is_served(), *is_resolved()]
    turns = [turn(), asks(), starts(PAYMENT, "limit"), ends(PAYMENT, "solved_by_user"), begins_again() + turn()]
    turns += [starts("login_failure"), rates(PAYMENT, "solved_by_user", 4), asks_for_a_person(PAYMENT), served]
    drawn = random.Random(seed).choices(turns, k=60)  # noqa: S311 - which turns come does not matter
    stores = [open_store(), open_store()]
    for number, events in enumerate([[*session(), *turn()], *drawn]):
        await take_turns(stores[number % 2], events)
    expected = fold((), [event for _, event in await rows(stores[0].database)])
    assert len(expected) > 5
    assert await stored(stores[0].database) == list(expected)


async def test_a_proven_user_who_comes_back_in_another_conversation_was_not_helped(
    store: ConversationStore, database: Database
) -> None:
    await comes(store, "a", user_id="chen")
    assert await returns(database) == []
    await comes(store, "b", user_id="chen", at=START + DAY - 60)
    assert await returns(database) == [("a", 1)]


@pytest.mark.parametrize(
    "again",
    [
        {"user_id": "li"},
        {"user_id": None},
        {"user_id": "chen", "at": START + DAY + 60},
        {"user_id": "chen", "at": START - 60},
    ],
    ids=["another user", "a guest", "a day later", "earlier"],
)
async def test_others_have_not_come_back(store: ConversationStore, database: Database, again: dict[str, Any]) -> None:
    await comes(store, "a", user_id="chen")
    await comes(store, "b", **again)
    assert ("a", 1) not in await returns(database)


async def test_another_topic_is_no_return(store: ConversationStore, database: Database) -> None:
    await comes(store, "a", user_id="chen")
    await comes(store, "b", asks("ask_fees", user_id="chen"), at=START + 60)
    assert await returns(database) == []


async def test_guests_come_back_in_their_conversation(store: ConversationStore, database: Database) -> None:
    await comes(store, "a")
    await comes(store, "b", at=START + 60)
    await comes(store, "a", at=START + 120)
    assert await returns(database) == [("a", 1)]


async def test_who_is_known_only_later_has_come_back_all_the_same(store: ConversationStore, database: Database) -> None:
    await comes(store, "a", user_id="chen")
    await comes(store, "b", starts(PAYMENT), at=START + 60)
    assert await returns(database) == []
    await comes(store, "b", [said("it is me", "affirm", user_id="chen")], at=START + 90)
    assert await returns(database) == [("a", 1)]


async def test_marking_all_at_once_marks_the_same(store: ConversationStore, database: Database) -> None:
    draw = random.Random(1)  # noqa: S311 - who comes when does not matter
    for number in range(60):
        topic, user = draw.choice([PAYMENT, "login_failure"]), draw.choice(["chen", "li", None])
        await comes(store, f"c{number}", starts(topic, user_id=user), at=START + number * DAY / 7)
    marked = await returns(database)
    assert 10 < len(marked) < 50

    def mark_anew(connection: Connection) -> None:
        connection.execute(update(table).values(returned=0))
        mark_all_returns(connection)

    await database.write(mark_anew)
    assert await returns(database) == marked


async def test_a_turn_that_is_not_kept_leaves_no_episode(store: ConversationStore, database: Database) -> None:
    await comes(store, "a", session(), asks())
    before = await stored(database, "a")
    await database.write(lambda connection: connection.execute(text("ALTER TABLE message_words RENAME TO lost")))
    with pytest.raises(Exception, match="message_words"):
        await comes(store, "a", asks("ask_limits"))
    assert await stored(database, "a") == before
