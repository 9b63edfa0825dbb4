"""Weeks that are kept are what a new reading would find, whatever happens to their episodes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete
from sqlalchemy.engine import Connection

from bot.desk.figures.ahead import counting_ahead
from bot.desk.figures.period import Period
from bot.desk.figures.piece import Piece
from bot.desk.figures.scope import Scope
from bot.desk.figures.sums import total
from bot.desk.figures.weeks import Weeks
from bot.store.database import Database
from bot.store.migrate import migrate
from bot.store.record import append
from bot.store.summary import EventData
from bot.store.tables import conversations, episodes
from tests.integration.desk.figures.made_up import made_up
from tests.integration.desk.review.talk import Talk

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 31, 18, 20, tzinfo=ZONE)
LONG_AGO = (NOW - timedelta(days=40)).timestamp()
ALL = Scope("all", Period(None, None))

Result = TypeVar("Result")


class CountingDatabase(Database):
    """A database that counts how many days are read from it."""

    days_read = 0

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Read, and see how much."""
        found = await super().read(work)
        if isinstance(found, list):
            self.days_read += sum(len(piece.days) for piece in found)
        return found


@pytest.fixture
async def database(url: str) -> AsyncIterator[CountingDatabase]:
    """Made-up conversations of the last three weeks, and one of long ago that is a case which nobody has answered."""
    opened = CountingDatabase(url)
    opened.migrate(migrate)
    for conversation in made_up(60, NOW.timestamp()):
        await keep(opened, conversation.id, conversation.events)
    waiting = Talk(LONG_AGO).user("it fails", "payment_failure").user("a person", "request_human")
    for state, change in (("requested", "request"), ("case", "defer")):
        waiting.slot("handoff", {"number": "WH-1", "state": state, "change": change, "reason": "asked"})
    await keep(opened, "waiting", waiting.events)
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/conversations.sqlite"
    return str(request.getfixturevalue("postgres_url"))


async def keep(database: Database, conversation_id: str, events: list[EventData]) -> None:
    await database.write(lambda connection: append(connection, conversation_id, events))


async def read(weeks: Weeks, database: Database, scope: Scope = ALL, later: timedelta = timedelta(0)) -> Piece:
    now = NOW + later
    return await weeks.read(database, scope, scope.period.span(ZONE), ZONE, now)


async def test_what_is_kept_is_what_a_new_reading_finds_and_is_not_read_again(database: CountingDatabase) -> None:
    weeks = Weeks()
    first, read_first = await read(weeks, database), database.days_read
    again, read_again = await read(weeks, database), database.days_read - read_first

    assert first == again == await read(Weeks(), database)
    assert read_again < read_first


async def test_an_answer_that_comes_weeks_later_is_counted(database: CountingDatabase) -> None:
    weeks = Weeks()
    before = total((await read(weeks, database)).days.values())
    answer = Talk(NOW.timestamp() + 60)
    answer.slot("handoff", {"number": "WH-1", "state": "case", "change": "answer", "answered": True}).person("Sorry")
    await keep(database, "waiting", answer.events)
    after = await read(weeks, database, later=timedelta(minutes=2))

    assert total(after.days.values())["person_answered"] == before["person_answered"] + 1
    assert after == await read(Weeks(), database, later=timedelta(minutes=2))


async def test_what_was_removed_is_no_longer_counted(database: CountingDatabase) -> None:
    weeks = Weeks()
    before = total((await read(weeks, database)).days.values())

    def remove(connection: Connection) -> None:
        connection.execute(delete(episodes).where(episodes.c.conversation_id == "waiting"))
        connection.execute(delete(conversations).where(conversations.c.id == "waiting"))

    await database.write(remove)

    assert total((await read(weeks, database)).days.values())["talked"] == before["talked"] - 1


async def test_what_is_added_to_the_past_is_counted(database: CountingDatabase) -> None:
    weeks = Weeks()
    before = total((await read(weeks, database)).days.values())
    await keep(database, "imported", Talk(LONG_AGO).user("hello", "greet").events)

    assert total((await read(weeks, database)).days.values())["talked"] == before["talked"] + 1


async def test_a_week_is_read_anew_after_a_day(database: CountingDatabase) -> None:
    weeks = Weeks()
    await read(weeks, database)
    read_first = database.days_read
    await read(weeks, database, later=timedelta(days=1, hours=1))

    assert database.days_read == 2 * read_first


async def test_what_was_counted_ahead_need_not_be_counted_by_whoever_asks_first(database: CountingDatabase) -> None:
    weeks = Weeks()
    async with counting_ahead(weeks, database, ZONE, lambda: NOW):
        pass  # it ends after the first time
    read_ahead = database.days_read
    found = await read(weeks, database)

    assert database.days_read - read_ahead < read_ahead
    assert found == await read(Weeks(), database)


async def test_a_part_of_a_week_is_not_taken_for_the_whole(database: CountingDatabase) -> None:
    weeks = Weeks()
    await read(weeks, database)
    day = datetime.fromtimestamp(LONG_AGO, ZONE).date()
    parts = [Scope("own", Period(first, first + timedelta(days=3))) for first in (day, day + timedelta(days=1))]

    assert [await read(weeks, database, part) for part in parts] == [
        await read(Weeks(), database, part) for part in parts
    ]


async def test_scopes_are_kept_apart(database: CountingDatabase) -> None:
    weeks, telegram = Weeks(), Scope("all", Period(None, None), channel="telegram")
    found = [await read(weeks, database, scope) for scope in (ALL, telegram, ALL, telegram)]

    assert found[:2] == found[2:]
    assert found[1] == await read(Weeks(), database, telegram) != found[0]


async def test_of_no_conversations_nothing_is_counted(url: str) -> None:
    empty = CountingDatabase(url)
    empty.migrate(migrate)

    assert await read(Weeks(), empty) == Piece()
    empty.close()
