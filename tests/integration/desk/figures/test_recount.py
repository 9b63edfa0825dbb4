"""Every figure is what a plain recount of the events finds, in both databases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Connection

from bot.desk.figures.breakdown import COUNTED
from bot.desk.figures.period import Period, last_days
from bot.desk.figures.reading import Reading, read
from bot.desk.figures.scope import Scope
from bot.desk.figures.weeks import Weeks
from bot.store.conversation_filter import ConversationFilter
from bot.store.conversations import page
from bot.store.database import Database
from bot.store.figures import CONDITIONS
from bot.store.migrate import migrate
from bot.store.record import append
from tests.integration.desk.figures.made_up import made_up
from tests.integration.desk.figures.recount import COUNTS, SUMS, Told, counted, recount

# The clock there is put forward within the days of the conversations.
ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 15, 18, 20, tzinfo=ZONE)
TODAY = NOW.date()
CONVERSATIONS = 300


@dataclass(frozen=True)
class Kept:
    """The conversations in a database, and their episodes as their events tell them."""

    database: Database
    told: list[Told]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """Made-up conversations, kept as the tracker store keeps them."""
    conversations = made_up(CONVERSATIONS, NOW.timestamp())
    with ExitStack() as resources:
        url = f"sqlite:///{tmp_path_factory.mktemp('figures')}/conversations.sqlite"
        if request.param == "postgresql":
            url = resources.enter_context(request.getfixturevalue("postgres").new_database())
        database = Database(url)
        resources.callback(database.close)

        def keep(connection: Connection) -> None:
            migrate(connection)
            for conversation in conversations:
                append(connection, conversation.id, conversation.events)

        database.migrate(keep)
        yield Kept(database, recount(conversations))


def scope_of(period: Period, **of: str) -> Scope:
    return Scope("own", period, **of)


def day_of(told: Told) -> date:
    return datetime.fromtimestamp(told.began, ZONE).date()


async def reading_of(kept: Kept, scope: Scope) -> Reading:
    return await read(kept.database, Weeks(), scope, ZONE, NOW)


def test_the_made_up_conversations_hold_every_figure(kept: Kept) -> None:
    found = counted(kept.told, NOW.timestamp())

    assert {name for name, count in found.items() if count < 3} == set()
    assert set(COUNTS) == set(CONDITIONS)


async def test_every_figure_of_all_time_is_what_the_events_tell(kept: Kept) -> None:
    reading = await reading_of(kept, scope_of(Period(None, None)))

    assert reading.counted.sums == counted(kept.told, NOW.timestamp())
    assert reading.before is None


async def test_every_figure_of_every_day_is_what_the_events_tell(kept: Kept) -> None:
    by_day = defaultdict(list)
    for told in kept.told:
        by_day[day_of(told)].append(told)
    reading = await reading_of(kept, scope_of(Period(None, None)))

    assert reading.days == {day: counted(told, NOW.timestamp()) for day, told in by_day.items()}
    assert list(reading.days) == sorted(by_day)


@pytest.mark.parametrize("of", [{}, {"channel": "telegram"}, {"language": "zh"}, {"topic": "payment_failure"}])
async def test_a_period_and_the_one_before_it_hold_the_episodes_that_began_then(kept: Kept, of: dict[str, str]) -> None:
    reading = await reading_of(kept, scope_of(last_days(7, TODAY), **of))
    wanted = [told for told in kept.told if all(getattr(told, name) == value for name, value in of.items())]
    lately = [told for told in wanted if day_of(told) > TODAY - timedelta(days=7)]
    # The week before ends at this hour of its last day, for the present day is not over.
    until = (NOW - timedelta(days=7)).timestamp()
    before = [told for told in wanted if day_of(told) > TODAY - timedelta(days=14) and told.began < until]

    assert reading.counted.sums == counted(lately, NOW.timestamp())
    assert reading.before
    assert reading.before.sums == counted(before, NOW.timestamp())


@pytest.mark.parametrize("name", ["topic", "cause", "channel", "language"])
async def test_topics_causes_channels_and_languages_are_counted_apart(kept: Kept, name: str) -> None:
    by_value = defaultdict(list)
    for told in kept.told:
        by_value[getattr(told, name)].append(told)
    expected = {value: counted(told, NOW.timestamp()) for value, told in by_value.items()}
    found = (await reading_of(kept, scope_of(Period(None, None)))).breakdown[name]

    assert {value: dict(counts) for value, counts in found.items()} == {
        value: {each: counts[each] for each in COUNTED} for value, counts in expected.items()
    }
    assert list(found) == sorted(found, key=lambda value: (-expected[value]["talked"], value or ""))


def nearest_rank(values: list[int], percent: int) -> int:
    return sorted(values)[-(-len(values) * percent // 100) - 1]


async def test_percentiles_are_those_of_the_sorted_values(kept: Kept) -> None:
    counts = (await reading_of(kept, scope_of(Period(None, None)))).counted
    turns = [told.messages for told in kept.told]
    waits = [
        int(told.hand_offs["answered"] - told.hand_offs["requested"])
        for told in kept.told
        if "answered" in told.hand_offs
    ]

    assert (counts.turns.median, counts.turns.p90) == (nearest_rank(turns, 50), nearest_rank(turns, 90))
    assert counts.turns.count == len(turns)
    wait = counts.seconds_to_person
    assert (wait.count, wait.median, wait.p90) == (len(waits), nearest_rank(waits, 50), nearest_rank(waits, 90))


@pytest.mark.parametrize("figure", sorted(CONDITIONS))
async def test_a_figure_leads_to_exactly_its_conversations(kept: Kept, figure: str) -> None:
    span = last_days(10, TODAY).span(ZONE)
    wanted = ConversationFilter(figure=figure, figure_from=span.begins, figure_until=span.ends, channel="widget")
    found = await page(kept.database, wanted, limit=CONVERSATIONS, now=NOW.timestamp())

    assert {each.id for each in found.items} == {
        told.conversation_id
        for told in kept.told
        if COUNTS[figure](told, NOW.timestamp())
        and told.channel == "widget"
        and day_of(told) > TODAY - timedelta(days=10)
    }


async def test_the_parts_of_the_contained_are_all_of_them(kept: Kept) -> None:
    sums = (await reading_of(kept, scope_of(Period(None, None)))).counted.sums
    parts = ("solved", "answered", "waiting", "abandoned", "open")

    assert sum(sums[f"contained_{part}"] for part in parts) == sums["contained"]
    assert sums["contained"] + sums["only_returned"] + sums["handed_over"] == sums["talked"]


async def test_without_a_single_episode_there_is_nothing_to_count(kept: Kept) -> None:
    reading = await reading_of(kept, scope_of(Period(date(2020, 1, 1), date(2020, 1, 31))))

    assert (reading.days, reading.counted.sums, reading.counted.turns.median) == ({}, Counter(), None)
    assert set(SUMS) & set(reading.counted.sums) == set()
