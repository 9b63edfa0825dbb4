"""Every filter finds what plain Python finds in the same conversations, whichever way the search takes."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields

import pytest
from sqlalchemy import text

from bot.store import conversations, search
from bot.store.conversation_filter import ConversationFilter
from bot.store.conversations import Neighbours, count, neighbours, page
from bot.store.cursor import Cursor
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.patience import TookTooLong
from tests.integration.store.searched import EVERY_FIELD, Made, any_filter, is_wanted, make, write

NOW = 2000.0
MADE = make(240, seed=7)
NEWEST_FIRST = sorted(MADE, key=lambda one: one.place, reverse=True)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A database of each kind with all the conversations."""
    with ExitStack() as opened:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('search')}/conversations.sqlite"
        else:
            url = opened.enter_context(request.getfixturevalue("postgres").new_database())
        database = Database(url)
        opened.callback(database.close)
        database.migrate(migrate)
        database.migrate(lambda connection: write(connection, MADE))
        yield database


@pytest.fixture(params=[0, 12, 2000], ids=lambda most: f"rare={most}")
def _rare(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is rare: nothing, few, everything; so that both ways are gone."""
    monkeypatch.setattr(search, "RARE", request.param)


def expected(wanted: ConversationFilter) -> list[Made]:
    return [one for one in NEWEST_FIRST if is_wanted(one, wanted)]


async def listed(database: Database, wanted: ConversationFilter, size: int) -> list[str]:
    """All pages of the list."""
    got: list[str] = []
    after: Cursor | None = None
    while True:
        found = await page(database, wanted, after, size, now=NOW)
        got += [one.id for one in found.items]
        if found.next is None:
            return got
        after = found.next


def filters(asks: int, many: int) -> list[ConversationFilter]:
    draw = random.Random(f"{asks}")  # noqa: S311
    return [any_filter(draw, asks) for _ in range(many)]


def test_every_field_of_the_filter_is_tried() -> None:
    assert set(EVERY_FIELD) == {field.name for field in fields(ConversationFilter)}


@pytest.mark.usefixtures("_rare")
@pytest.mark.parametrize("asks", [1, 2, 4])
async def test_the_list_is_what_is_asked_for_in_its_order(filled: Database, asks: int) -> None:
    for wanted in filters(asks, 40):
        found = await listed(filled, wanted, 70)

        assert found == [one.row["id"] for one in expected(wanted)], wanted


@pytest.mark.usefixtures("_rare")
async def test_neighbours_are_those_of_the_list(filled: Database) -> None:
    draw = random.Random(5)  # noqa: S311
    for wanted in [ConversationFilter(), *filters(1, 20), *filters(2, 20)]:
        here = draw.choice(MADE)
        newer = [one.row["id"] for one in expected(wanted) if one.place > here.place]
        older = [one.row["id"] for one in expected(wanted) if one.place < here.place]

        assert await neighbours(filled, wanted, here.row["id"], now=NOW) == (
            Neighbours(newer[-1] if newer else None, older[0] if older else None)
        ), wanted


async def test_a_conversation_that_is_not_there_has_no_neighbours(filled: Database) -> None:
    assert await neighbours(filled, ConversationFilter(), "elsewhere") == Neighbours(None, None)


@pytest.mark.usefixtures("_rare")
async def test_counting_stops_where_it_was_told(filled: Database) -> None:
    for wanted in [ConversationFilter(), *filters(1, 20), *filters(2, 20)]:
        many = len(expected(wanted))

        assert await count(filled, wanted, now=NOW) == many, wanted
        assert await count(filled, wanted, most=10, now=NOW) == min(many, 10), wanted


async def test_words_are_looked_for_as_they_are_and_harm_nothing(filled: Database) -> None:
    for harmful in (
        "' OR 1=1 --",
        'card" OR "fees',
        "card:*",
        "card & !fees",
        "(",
        "NEAR(card fees)",
        "\\",
        "%",
        "费*",
    ):
        assert await page(filled, ConversationFilter(words=harmful)) is not None


async def test_a_search_that_takes_too_long_is_given_up_and_the_next_one_is_not(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
        "postgresql": "SELECT pg_sleep(60)",
    }[filled.engine.dialect.name]
    with monkeypatch.context() as impatient:
        impatient.setattr(conversations, "LONGEST_SEARCH_S", 0.01)
        with pytest.raises(TookTooLong):
            await conversations._search(filled, lambda connection: connection.execute(text(endless)).scalar())

    assert await count(filled, ConversationFilter()) == len(MADE)
