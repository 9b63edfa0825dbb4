"""What is counted of a few days, read in a few passes; pieces of different days add up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from bot.desk.figures.breakdown import BY, Breakdown, break_down
from bot.desk.figures.period import Span
from bot.desk.figures.scope import Scope
from bot.desk.figures.spreads import seconds_to_person, turns
from bot.desk.figures.sums import Sums, sums_by_day


@dataclass(frozen=True)
class Piece:
    """Sums by day; episodes by topic, cause, channel and language; how often each number of messages and of seconds."""

    days: Sums = field(default_factory=dict)
    breakdown: Breakdown = field(default_factory=lambda: {name: {} for name in BY})
    turns: Counter[int] = field(default_factory=Counter)
    seconds_to_person: Counter[int] = field(default_factory=Counter)


def read_piece(connection: Connection, scope: Scope, span: Span, zone: ZoneInfo, now: float) -> Piece:
    """Count the episodes of a scope that began in a span, as they are at a moment."""
    days = sums_by_day(connection, scope, span, zone, now)
    if not days:
        return Piece()
    return Piece(
        days,
        break_down(connection, scope, span, now),
        turns(connection, scope, span, now),
        seconds_to_person(connection, scope, span, now),
    )


def together(pieces: Iterable[Piece]) -> Piece:
    """The pieces as one; days in their order, the most frequent topics, causes, channels and languages first."""
    days: defaultdict[date, Counter[str]] = defaultdict(Counter)
    values: dict[str, defaultdict[str | None, Counter[str]]] = {name: defaultdict(Counter) for name in BY}
    found = Piece()
    for piece in pieces:
        found.turns.update(piece.turns)
        found.seconds_to_person.update(piece.seconds_to_person)
        for day, sums in piece.days.items():
            days[day].update(sums)
        for name in BY:
            for value, counts in piece.breakdown[name].items():
                values[name][value].update(counts)
    found.days.update(sorted(days.items()))
    for name in BY:
        most_first = sorted(values[name].items(), key=lambda each: (-each[1]["talked"], each[0] or ""))
        found.breakdown[name].update(most_first)
    return found
