"""What the dashboard shows of what was counted."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from bot.desk.agents.payloads import Language
from bot.desk.figures.measures import CONTAINED, FUNNEL, TILES, Measure, Shown, Unit, shown
from bot.desk.figures.period import Period
from bot.desk.figures.reading import Counted
from bot.desk.figures.spread import Spread
from bot.desk.figures.trend import trend_of
from bot.desk.figures.written import NOTHING, write_change, write_value
from bot.desk.web.texts import read_texts
from bot.store.figures import CONDITIONS

MEASURES = {each.name: each for tile, parts in TILES for each in (tile, *parts)}
EVERY = [*MEASURES.values(), *CONTAINED, *FUNNEL]
NOTHING_COUNTED = Counted(Counter(), Spread(0, None, None), Spread(0, None, None))
ENGLISH, CHINESE = (read_texts()[language] for language in (Language.EN, Language.ZH))
TODAY = date(2026, 3, 15)


def counted(**sums: int) -> Counted:
    return Counted(Counter(sums), Spread(0, None, None), Spread(40, 3, 200))


def see(name: str, now: Counted, before: Counted | None = None) -> Shown:
    return shown(MEASURES[name], now, before)


@pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.name)
def test_every_measure_names_the_condition_behind_it_and_has_its_words(measure: Measure) -> None:
    assert measure.figure in CONDITIONS
    for texts in (ENGLISH, CHINESE):
        assert {f"figure_{measure.name}", f"figure_{measure.name}_is"} <= set(texts)
        assert measure.whole is None or f"whole_{measure.whole}" in texts


@pytest.mark.parametrize("name", sorted(CONDITIONS))
def test_every_condition_has_its_words_and_is_a_share_of_another(name: str) -> None:
    for texts in (ENGLISH, CHINESE):
        assert {f"figure_{name}", f"figure_{name}_is"} <= set(texts)
    assert CONDITIONS[name].share_of in {None, *CONDITIONS} - {name}


@pytest.mark.parametrize("measure", [each for each in EVERY if each.whole in CONDITIONS and each.figure == each.name])
def test_a_share_is_that_of_its_condition(measure: Measure) -> None:
    # A spread and a mean are no shares: they are of what is behind them.
    if measure.unit is Unit.SHARE:
        assert CONDITIONS[measure.name].share_of == measure.whole


@pytest.mark.parametrize("measure", EVERY, ids=lambda measure: measure.name)
def test_of_nothing_no_measure_claims_a_share(measure: Measure) -> None:
    value = measure.of(NOTHING_COUNTED)

    assert value.value == (0.0 if measure.unit is Unit.EPISODES else None)
    assert write_value(None, measure.unit, ENGLISH) == NOTHING


def test_a_share_is_written_with_what_it_is_made_of() -> None:
    value = see("contained", counted(talked=40, contained=30)).now

    assert (value.value, value.part, value.whole, value.is_small) == (0.75, 30, 40, False)
    assert value.interval == pytest.approx((0.598, 0.858), abs=5e-4)


def test_fewer_than_thirty_are_few() -> None:
    assert see("contained", counted(talked=29, contained=3)).now.is_small
    assert not see("contained", counted(talked=30, contained=3)).now.is_small


@pytest.mark.parametrize(
    ("name", "before", "now", "better"),
    [
        ("contained", {"talked": 100, "contained": 50}, {"talked": 100, "contained": 60}, True),
        ("contained", {"talked": 100, "contained": 60}, {"talked": 100, "contained": 50}, False),
        ("abandoned", {"talked": 100, "abandoned": 20}, {"talked": 100, "abandoned": 10}, True),
        ("talked", {"talked": 100}, {"talked": 110}, None),
        ("contained", {"talked": 100, "contained": 50}, {"talked": 100, "contained": 50}, None),
        ("contained", {"talked": 100, "contained": 50}, {"talked": 10, "contained": 9}, None),
    ],
)
def test_a_change_is_for_the_better_or_worse_unless_it_may_be_chance(
    name: str, before: dict[str, int], now: dict[str, int], better: bool | None
) -> None:
    assert see(name, counted(**now), counted(**before)).is_better is better


def test_too_few_are_compared_with_nothing() -> None:
    small = counted(talked=1, contained=1)

    assert write_change(see("talked", counted(talked=3000), small), ENGLISH) is None
    assert write_change(see("contained", counted(talked=3000, contained=9), small), ENGLISH) is None
    assert write_change(see("contained", counted(talked=3000, contained=9)), ENGLISH) is None


def test_changes_are_written_in_their_unit() -> None:
    now, before = counted(talked=150, contained=90), counted(talked=100, contained=50)
    written = [write_change(see(name, now, before), CHINESE) for name in ("talked", "contained", "wait_median")]

    assert written == [
        "+50%",
        CHINESE.dashboard_points(points="10.0").join(("+", "")),
        "±" + CHINESE.dashboard_seconds(seconds=0),
    ]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0.8235, Unit.SHARE, "82.3%"),
        (1234.0, Unit.EPISODES, "1,234"),
        (59.0, Unit.SECONDS, "59 s"),
        (61.0, Unit.SECONDS, "1 min 1 s"),
        (3725.0, Unit.SECONDS, "1 h 2 min"),
        (4.126, Unit.STARS, "4.13"),
    ],
)
def test_values_are_written_in_their_unit(value: float, unit: Unit, written: str) -> None:
    assert write_value(value, unit, ENGLISH) == written


def test_a_trend_has_no_gaps_and_ends_today() -> None:
    days = {date(2026, 3, 10): Counter(talked=2), date(2026, 3, 13): Counter(talked=1)}
    trend = trend_of(days, Period(None, None), TODAY)

    assert [point.counts["talked"] for point in trend.points] == [2, 0, 0, 1, 0, 0]
    assert not trend.is_weekly


def test_many_days_are_weeks_that_begin_on_mondays_and_lose_nothing() -> None:
    first = TODAY - timedelta(days=99)
    days = {first + timedelta(days=number): Counter(talked=1) for number in range(100)}
    trend = trend_of(days, Period(first, TODAY), TODAY)

    assert trend.is_weekly
    assert sum(point.counts["talked"] for point in trend.points) == 100
    assert all(point.first.weekday() == 0 for point in trend.points[1:])
    assert (trend.points[0].first, trend.points[-1].last) == (first, TODAY)


def test_a_period_that_is_to_come_has_a_trend_of_its_first_day() -> None:
    later = TODAY + timedelta(days=10)

    assert [point.first for point in trend_of({}, Period(later, later), TODAY).points] == [later]
