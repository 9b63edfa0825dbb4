"""The list of conversations: each filter, and pages that neither repeat nor leave out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.store.conversation_filter import ConversationFilter
from bot.store.conversations import Conversation, get, page
from bot.store.cursor import Cursor
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.summary import sample_of
from bot.store.tables import conversations as table
from bot.store.tracker_store import ConversationStore
from tests.integration.store.turns import CONVERSATION, take_turns
from tests.unit.bot.store.talk import recorded, turn, walkthrough

COUNTS = {"user_messages": 1, "bot_messages": 1, "person_messages": 0, "fallbacks": 0}
NOBODYS = {"first_at": 0.0, "last_at": 0.0, "last_event_id": 1, "sample": 0, **COUNTS}

# One conversation that differs from all others in each thing that can be asked for.
DIFFERENT: dict[str, dict[str, Any]] = {
    "widget": {"channel": "widget"},
    "english": {"language": "en"},
    "chens": {"user_id": "chen"},
    "lis": {"user_id": "li"},
    "about fees": {"topic": "ask_fees"},
    "solved": {"outcome": "solved_by_user"},
    "handed over": {"handoff_state": "case"},
    "rated 1": {"rating": 1},
    "rated 3": {"rating": 3},
    "rated 5": {"rating": 5},
    "2 fallbacks": {"fallbacks": 2},
    "3 fallbacks": {"fallbacks": 3},
    "unsure": {"lowest_confidence": 0.3},
    "sure": {"lowest_confidence": 0.9},
    "old": {"last_at": 100.0},
    "new": {"last_at": 200.0},
    "with a person": {"person_messages": 1},
    "plain": {},
}
EVERYONE = set(DIFFERENT)


def asked_for(wanted: ConversationFilter) -> str:
    return " ".join(f"{name}={value}" for name, value in asdict(wanted).items() if value is not None) or "nothing"


def fill(database: Database, made: list[dict[str, Any]]) -> None:
    columns = dict.fromkeys(column.name for column in table.c)
    with database.engine.connect() as connection, connection.begin():
        connection.execute(insert(table), [{**columns, **NOBODYS, **row} for row in made])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def different(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of each kind with the conversations that differ, for every filter."""
    with ExitStack() as opened:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('list')}/conversations.sqlite"
        else:
            url = opened.enter_context(request.getfixturevalue("postgres").new_database())
        database = Database(url)
        opened.callback(database.close)
        database.migrate(migrate)
        fill(database, [{"id": name, **values} for name, values in DIFFERENT.items()])
        yield database


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ConversationFilter(), EVERYONE),
        (ConversationFilter(channel="widget"), {"widget"}),
        (ConversationFilter(channel="wechat"), set()),
        (ConversationFilter(language="en"), {"english"}),
        (ConversationFilter(user_id="chen"), {"chens"}),
        (ConversationFilter(verified=True), {"chens", "lis"}),
        (ConversationFilter(verified=False), EVERYONE - {"chens", "lis"}),
        (ConversationFilter(topic="ask_fees"), {"about fees"}),
        (ConversationFilter(outcome="solved_by_user"), {"solved"}),
        (ConversationFilter(handoff_state="case"), {"handed over"}),
        (ConversationFilter(rating_at_least=3), {"rated 3", "rated 5"}),
        (ConversationFilter(rating_at_most=3), {"rated 1", "rated 3"}),
        (ConversationFilter(rating_at_least=2, rating_at_most=4), {"rated 3"}),
        (ConversationFilter(min_fallbacks=2), {"2 fallbacks", "3 fallbacks"}),
        (ConversationFilter(min_fallbacks=0), EVERYONE),
        (ConversationFilter(confidence_below=0.9), {"unsure"}),
        (ConversationFilter(active_from=100.0), {"old", "new"}),
        (ConversationFilter(active_until=200.0), EVERYONE - {"new"}),
        (ConversationFilter(active_from=100.0, active_until=200.0), {"old"}),
        (ConversationFilter(has_person=True), {"with a person"}),
        (ConversationFilter(has_person=False), EVERYONE - {"with a person"}),
        (ConversationFilter(language="en", channel="widget"), set()),
    ],
    ids=lambda value: asked_for(value) if isinstance(value, ConversationFilter) else "",
)
async def test_a_filter_finds_what_it_asks_for(
    different: Database, wanted: ConversationFilter, expected: set[str]
) -> None:
    found = await page(different, wanted)
    assert {conversation.id for conversation in found.items} == expected
    assert found.next is None


async def test_the_newest_activity_comes_first(store: ConversationStore, database: Database) -> None:
    for number, name in enumerate("bac"):
        await take_turns(store, recorded([turn()], first_at=100.0 * number), conversation_id=name)
    assert [conversation.id for conversation in (await page(database, ConversationFilter())).items] == ["c", "a", "b"]


async def test_a_conversation_is_found_by_its_id_with_its_summary(store: ConversationStore, database: Database) -> None:
    tracker = await take_turns(store, recorded([walkthrough()], first_at=100.0))
    assert await get(database, CONVERSATION) == Conversation(
        id=CONVERSATION,
        last_event_id=tracker.last_event_id,
        sample=sample_of(CONVERSATION),
        first_at=100.0,
        last_at=100.0 + len(walkthrough()) - 1,
        channel="terminal",
        topic="payment_failure",
        outcome="running",
        user_messages=1,
        bot_messages=1,
        lowest_confidence=0.9,
    )
    assert await get(database, "terminal-2") is None


async def test_pages_give_each_conversation_once_though_others_are_active_meanwhile(database: Database) -> None:
    count, size = 3000, 97
    # A few dozen share a moment, so that the id must decide.
    times = random.Random(1).choices(range(100), k=count)  # noqa: S311
    fill(database, [{"id": f"c{number}", "last_at": float(at)} for number, at in enumerate(times)])
    got: list[Conversation] = []
    moved: set[str] = set()
    after, pages = None, 0
    while True:
        found = await page(database, ConversationFilter(min_fallbacks=0), after, size)
        got += found.items
        if found.next is None:
            break
        after, pages = Cursor.parse(str(found.next)), pages + 1
        moved |= await be_active(database, [f"c{pages}", f"c{count - pages}"], 1000.0 + pages)
        fill(database, [{"id": f"new{pages}", "last_at": 2000.0 + pages}])
    assert pages == count // size
    ids = [conversation.id for conversation in got]
    assert len(ids) == len(set(ids))
    assert set(ids) >= {f"c{number}" for number in range(count)} - moved
    assert [conversation.last_at for conversation in got] == sorted((it.last_at for it in got), reverse=True)


async def be_active(database: Database, ids: list[str], at: float) -> set[str]:
    now = update(table).where(table.c.id.in_(ids)).values(last_at=at)
    await database.write(lambda connection: connection.execute(now))
    return set(ids)


async def test_a_page_that_ends_with_the_last_conversation_leads_nowhere(database: Database) -> None:
    fill(database, [{"id": "a"}, {"id": "b"}])
    first = await page(database, ConversationFilter(), limit=1)
    assert first.next is not None
    second = await page(database, ConversationFilter(), first.next, limit=1)
    assert ([item.id for item in first.items], [item.id for item in second.items]) == (["b"], ["a"])
    assert second.next is None


async def test_a_user_who_calls_himself_something_harmful_is_only_looked_for(database: Database) -> None:
    fill(database, [{"id": "a"}])
    assert (await page(database, ConversationFilter(user_id="' OR 1=1 --"))).items == ()
