"""Demonstration data, made but not stored."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from bot.desk.demo.chance import Chance
from bot.desk.demo.conversation import Made, Player
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.making import Order
from bot.desk.demo.mix import Mix, load_mix
from bot.desk.demo.plan import Calendar, Planner
from tests.architecture.sources import ROOT

UNTIL = 1_790_000_000.0
ZONE = ZoneInfo("Asia/Shanghai")

Play = Callable[[Order], list[Made]]


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The project's own data."""
    return Corpus(ROOT)


@pytest.fixture(scope="session")
def mix() -> Mix:
    """What demonstration data is made of."""
    return load_mix()


@pytest.fixture(scope="session")
def play(corpus: Corpus, mix: Mix) -> Play:
    """Make conversations."""

    def make(order: Order) -> list[Made]:
        chance = Chance(order.seed)
        calendar = Calendar(mix, order.until - order.days * 86400, order.until, ZONE)
        planner, player = Planner(mix, calendar, order.seed, order.conversations), Player(corpus, mix, ZONE)
        moments = enumerate(calendar.moments(order.conversations, chance))
        return [player.play(planner.plan(number, at, chance), chance, order.until) for number, at in moments]

    return make


@pytest.fixture(scope="session")
def conversations(play: Play) -> list[Made]:
    """Some hundred conversations, enough for every kind to come."""
    return play(Order(conversations=400, days=30, until=UNTIL, seed=7))
