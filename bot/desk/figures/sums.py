"""Episodes counted in the database: day by day, all figures of a day in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.desk.figures.period import Span, beginning, day_of
from bot.desk.figures.scope import Scope
from bot.store.figures import CONDITIONS, ENDS_AFTER_S, condition
from bot.store.tables import conversations, episodes

Sums = dict[date, "Counter[str]"]

# Whether an episode goes on needs a second look into the table, so it is asked only of the few that may.
_GOING_ON = ("open", "contained_open")
# What is over is what there is without what goes on.
_OVER = {"abandoned": ("unfinished", "open"), "contained_abandoned": ("contained_unfinished", "contained_open")}
_PLAIN = tuple(name for name in CONDITIONS if name not in (*_GOING_ON, *_OVER))
_ADDED = {
    "messages": episodes.c.user_messages,
    "fallbacks": episodes.c.fallbacks,
    "stars": episodes.c.rating,
    "person_stars": episodes.c.person_rating,
}
_NAMES = (*_PLAIN, *_ADDED)
_DAY = timedelta(days=1)


def sums_by_day(connection: Connection, scope: Scope, span: Span, zone: ZoneInfo, now: float) -> Sums:
    """What was counted of the episodes that began on each day of a span that has both ends: figures, messages, stars.

    Whether they go on or are abandoned is not among it, nor are days on which nothing began.
    """
    if span.begins is None or span.ends is None:
        raise ValueError("days are counted between two moments")
    # One query for each day: to group by it, a database sorts all episodes with all that is counted of them.
    query, given = _of_a_day(scope.named()), {"now": now, **{name: getattr(scope, name) for name in scope.named()}}
    found = {}
    day, begins = day_of(span.begins, zone), span.begins
    while begins < span.ends:
        day, ends = day + _DAY, min(beginning(day + _DAY, zone), span.ends)
        row = connection.execute(query, {**given, "begins": begins, "ends": ends}).one()
        if row.all:
            found[day - _DAY] = Counter(dict(zip(_NAMES, map(int, row), strict=True)))
        begins = ends
    return found


@cache
def _of_a_day(named: tuple[str, ...]) -> Select:
    """The query of a day, made once: to put it together takes longer than to run it on a small day."""
    counts = [func.count().filter(condition(name, bindparam("now"))).label(name) for name in _PLAIN]
    added = [func.coalesce(func.sum(column), 0).label(name) for name, column in _ADDED.items()]
    begun = (episodes.c.started_at >= bindparam("begins"), episodes.c.started_at < bindparam("ends"))
    return select(*counts, *added).where(*(episodes.c[name] == bindparam(name) for name in named), *begun)


def going_on(connection: Connection, scope: Scope, span: Span, zone: ZoneInfo, now: float) -> Sums:
    """How many of the episodes that began on each day of a span go on still."""
    lately = select(conversations.c.id).where(conversations.c.last_at >= now - ENDS_AFTER_S)
    going = (episodes.c.conversation_id.in_(lately), condition("open", now))
    query = select(episodes.c.started_at, condition("contained_open", now).label("contained"))
    found: Sums = {}
    for row in connection.execute(query.where(*scope.conditions(span), *going)):
        counted = Counter({"open": 1, "contained_open": int(bool(row.contained))})
        found.setdefault(day_of(row.started_at, zone), Counter()).update(counted)
    return found


def settled(sums: Sums, going: Sums) -> Sums:
    """The sums with what goes on and what is abandoned."""
    found: Sums = {}
    for day, counted in sums.items():
        known: dict[str, Any] = {name: going.get(day, Counter())[name] for name in _GOING_ON}
        over = {name: counted[whole] - known[part] for name, (whole, part) in _OVER.items()}
        found[day] = Counter({**counted, **known, **over})
    return found


def total(sums: Iterable[Counter[str]]) -> Counter[str]:
    """What was counted on several days."""
    found: Counter[str] = Counter()
    for counted in sums:
        found.update(counted)
    return found
