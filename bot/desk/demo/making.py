"""Makes demonstration data: so many conversations of so many days, the same ones for the same seed and end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

from bot.desk.demo.additions import additions_to
from bot.desk.demo.chance import Chance
from bot.desk.demo.conversation import Player
from bot.desk.demo.corpus import Corpus
from bot.desk.demo.mix import Mix
from bot.desk.demo.plan import Calendar, Planner
from bot.desk.demo.rows import Writing, Written
from bot.store.summary import summarise

_DAY = 86400


@dataclass(frozen=True)
class Order:
    """How many conversations of how many days up to when (seconds since 1970), drawn from which seed."""

    conversations: int
    days: int
    until: float
    seed: int


def make(order: Order, corpus: Corpus, mix: Mix, zone: tzinfo) -> Iterator[Written]:
    """The conversations, one after the other by their beginning."""
    chance = Chance(order.seed)
    calendar = Calendar(mix, order.until - order.days * _DAY, order.until, zone)
    planner = Planner(mix, calendar, order.seed, order.conversations)
    player, writing = Player(corpus, mix, zone), Writing()
    for number, at in enumerate(calendar.moments(order.conversations, chance)):
        made = player.play(planner.plan(number, at, chance), chance, order.until)
        summary = summarise(made.events)
        yield writing.of(made, summary, additions_to(made, summary, mix, chance, order.until))
