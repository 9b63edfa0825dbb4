"""What users say that the bot does not understand, grouped by likeness: masked from the moment it is read."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.desk.pages.personal import mask_personal
from bot.desk.review.features import Said
from bot.desk.review.grouping import group
from bot.store.database import Database
from bot.store.patience import patience
from bot.store.review_tables import corrections
from bot.store.summary import FALLBACK
from bot.store.tables import conversations, events

# So many lines are grouped, the newest: a third of a second of work, and more than anybody reads.
MOST_LINES = 2000
_MOST_INTENTS = 3
_PATIENCE_S = 10
# The later half of the time has so many times the lines of the earlier, and so many more, before it is said to rise.
_TREND_FACTOR, _TREND_LEAST = 1.5, 3
# As the index is described: it is used only where the condition stands there in the same words. SQLite, which does not
# know how often they are spoken, would else take the index of all intents and sort everything that it finds there.
_IS_FALLBACK = {
    "sqlite": text("events.type = 'user' AND likelihood(events.name = 'nlu_fallback', 0.95)"),
    "postgresql": text("events.type = 'user' AND events.name = 'nlu_fallback'"),
}


@dataclass(frozen=True)
class UnknownLine:
    """One line. ``guesses`` are the intents it was nearest to, with how sure the classifier was of each."""

    seq: int
    conversation_id: str
    at: datetime
    text: str
    guesses: Mapping[str, float]


@dataclass(frozen=True)
class Example:
    """What was said so many times, in the newest line that says it."""

    line: UnknownLine
    times: int


@dataclass(frozen=True)
class Trend:
    """How many lines came in the earlier and in the later half of the time."""

    earlier: int
    later: int

    @property
    def direction(self) -> str:
        """``rising``, ``falling`` or ``steady``."""
        less, more = sorted((self.earlier, self.later))
        if more - less < _TREND_LEAST or more < less * _TREND_FACTOR:
            return "steady"
        return "rising" if self.later > self.earlier else "falling"


@dataclass(frozen=True)
class UnknownGroup:
    """Lines that are alike, newest first, and the intents they are nearest to, the nearest first."""

    lines: tuple[UnknownLine, ...]
    intents: tuple[tuple[str, float], ...]
    trend: Trend

    @property
    def key(self) -> int:
        """The seq of its newest line, by which it is found."""
        return self.lines[0].seq

    @property
    def conversations(self) -> int:
        """In how many conversations they were said."""
        return len({line.conversation_id for line in self.lines})

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """What was said, each once: what was said most often first, then what was said last."""
        times = Counter(line.text for line in self.lines)
        newest = {line.text: line for line in reversed(self.lines)}
        found = [Example(newest[said], count) for said, count in times.items()]
        return tuple(sorted(found, key=lambda each: (-each.times, -each.line.seq)))


@dataclass(frozen=True)
class Unknown:
    """The groups, largest first. Where ``is_cut``, there were more lines, before ``since``."""

    groups: tuple[UnknownGroup, ...]
    since: datetime
    is_cut: bool

    @property
    def count(self) -> int:
        """How many lines there are in all groups."""
        return sum(len(each.lines) for each in self.groups)

    @property
    def alone(self) -> int:
        """How many lines are like no other."""
        return sum(len(each.lines) == 1 for each in self.groups)

    def group_with(self, seq: int) -> UnknownGroup | None:
        """The group that a line is in."""
        return next((each for each in self.groups if any(line.seq == seq for line in each.lines)), None)


async def read_unknown(
    database: Database, since: float, now: float, language: str | None = None, most: int = MOST_LINES
) -> Unknown:
    """What was not understood since a time, in conversations of a language or of all.

    The thread that does it is none of the database's and not the event loop's.
    """

    def read(connection: Connection) -> list[Any]:
        with patience(connection, _PATIENCE_S):
            is_fallback = _IS_FALLBACK[connection.dialect.name]
            return list(connection.execute(_newest(is_fallback, since, language, most + 1)).all())

    rows = await database.read(read)
    is_cut = len(rows) > most
    return await asyncio.to_thread(_grouped, rows[:most], rows[most - 1].at if is_cut else since, now, is_cut)


async def corrected_since(database: Database, since: float) -> frozenset[int]:
    """The lines, by seq, for which somebody has given the right intent since a time."""
    query = select(corrections.c.event_id).where(corrections.c.at >= since)
    return frozenset(await database.read(lambda connection: connection.execute(query).scalars().all()))


def _newest(is_fallback: Any, since: float, language: str | None, limit: int) -> Select:
    joined = events.join(conversations, conversations.c.id == events.c.conversation_id)
    query = select(events.c.id, events.c.conversation_id, events.c.at, events.c.data, conversations.c.user_id)
    query = query.select_from(joined).where(is_fallback, events.c.at >= since)
    if language is not None:
        query = query.where(conversations.c.language == language)
    return query.order_by(events.c.at.desc(), events.c.id.desc()).limit(limit)


def _grouped(rows: list[Any], since: float, now: float, is_cut: bool) -> Unknown:
    lines = [_line(row) for row in rows]
    places = group([Said(line.text, line.guesses) for line in lines])
    middle = datetime.fromtimestamp((since + now) / 2, timezone.utc)
    groups = (_group(tuple(lines[place] for place in members), middle) for members in places)
    return Unknown(tuple(groups), datetime.fromtimestamp(since, timezone.utc), is_cut)


def _line(row: Any) -> UnknownLine:
    event = json.loads(row.data)
    ranking = (event.get("parse_data") or {}).get("intent_ranking") or ()
    guesses = {str(each["name"]): float(each["confidence"]) for each in ranking if each["name"] != FALLBACK}
    said = mask_personal(event.get("text") or "", row.user_id)
    return UnknownLine(row.id, row.conversation_id, datetime.fromtimestamp(row.at, timezone.utc), said, guesses)


def _group(lines: tuple[UnknownLine, ...], middle: datetime) -> UnknownGroup:
    sums: dict[str, float] = defaultdict(float)
    for line in lines:
        for intent, confidence in line.guesses.items():
            sums[intent] += confidence / len(lines)
    nearest = sorted(sums.items(), key=lambda each: (-each[1], each[0]))[:_MOST_INTENTS]
    later = sum(line.at >= middle for line in lines)
    return UnknownGroup(lines, tuple(nearest), Trend(len(lines) - later, later))
