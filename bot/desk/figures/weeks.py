"""Weeks that are over are counted once: what is read of them is kept while nothing in them changes.

To count a year anew takes seconds; an episode that is some weeks old hardly ever changes. A week is read anew when a
hand-off of an episode in it moves on or a message comes to it, when episodes were added to the past or removed from
it, and once a day in any case. The latest weeks are read each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection

from bot.desk.figures.period import Period, Span, beginning, day_of
from bot.desk.figures.piece import Piece, read_piece, together
from bot.desk.figures.scope import ALL, Scope, in_time
from bot.store.database import Database
from bot.store.patience import patience
from bot.store.tables import conversations, episodes

_FRESH = timedelta(days=14)  # a rating may come so late
_LONGEST_KEPT_S = 86_400
_SLACK_S = 3_600  # the clocks of bot and desk may differ, and a turn is stored after it was stamped
_MOST_SCOPES = 20
_READERS = 2
_LONGEST_S = 30.0  # whoever counts so much had better choose a shorter period
_WEEK = timedelta(days=7)
_MOVED = [episodes.c[name] for name in ("last_at", "queued_at", "case_at", "answered_at", "given_up_at")]


@dataclass(frozen=True)
class _Kept:
    read_at: float
    piece: Piece


class Weeks:
    """What was counted of the weeks of each scope; those of twenty scopes are kept."""

    def __init__(self) -> None:
        self._kept: dict[Scope, dict[date, _Kept]] = {}
        self._past: tuple[float, int] | None = None
        self._looked_at = 0.0

    async def read(self, database: Database, scope: Scope, span: Span, zone: ZoneInfo, now: datetime) -> Piece:
        """Count the episodes of a scope that began in a span, as they are now.

        Raises:
            TookTooLong: when there is more than can be counted.
        """
        at, past = now.timestamp(), _monday(now.astimezone(zone).date() - _FRESH)
        await self._forget_changed(database, beginning(past, zone), zone, at)
        edges = await database.read(lambda connection: _edges(connection, span))
        if edges is None:
            return Piece()
        # The period does not matter for a week of it.
        whose = replace(scope, name=ALL, period=Period(None, None))
        kept = self._of(whose)
        parts = _parts(span, edges, zone)
        found = {part: kept[monday].piece for monday, part in parts if monday in kept and part == _whole(monday, zone)}
        missing = [part for _, part in parts if part not in found]

        def reader(mine: list[Span]) -> Callable[[Connection], list[Piece]]:
            return lambda connection: _read(connection, whose, mine, zone, at)

        shares = [missing[place::_READERS] for place in range(_READERS)]
        read = await asyncio.gather(*(database.read(reader(each)) for each in shares))
        for mine, pieces in zip(shares, read, strict=True):
            found.update(zip(mine, pieces, strict=True))
        for monday, part in parts:
            if monday < past and part in missing and part == _whole(monday, zone):
                kept[monday] = _Kept(at, found[part])
        return together(found[part] for _, part in parts)

    def _of(self, whose: Scope) -> dict[date, _Kept]:
        kept = self._kept.pop(whose, {})
        self._kept[whose] = kept
        while len(self._kept) > _MOST_SCOPES:
            self._kept.pop(next(iter(self._kept)))
        return kept

    async def _forget_changed(self, database: Database, past: float, zone: ZoneInfo, now: float) -> None:
        """Forget the weeks in which something has changed since the last look, all if the past has other episodes."""
        since = self._looked_at - _SLACK_S if any(self._kept.values()) else None
        count, moved = await database.read(lambda connection: _changes(connection, past, since))
        if self._past != (past, count):
            self._kept.clear()
        changed = {_monday(day_of(begun, zone)) for begun in moved}
        for whose, kept in self._kept.items():
            self._kept[whose] = {
                monday: each
                for monday, each in kept.items()
                if monday not in changed and now - each.read_at < _LONGEST_KEPT_S
            }
        self._past, self._looked_at = (past, count), now


def _changes(connection: Connection, past: float, since: float | None) -> tuple[int, list[float]]:
    """How many episodes began in the past, and when those began of them that have moved since; None: nobody asks."""
    of_past = episodes.c.started_at < past
    count = connection.execute(select(func.count()).select_from(episodes).where(of_past)).scalar_one()
    if since is None:
        return int(count), []
    lately = conversations.c.last_at >= since
    moved = select(episodes.c.started_at).where(
        episodes.c.conversation_id == conversations.c.id, lately, of_past, or_(*(each >= since for each in _MOVED))
    )
    return int(count), [float(begun) for begun in connection.execute(moved).scalars()]


def _edges(connection: Connection, span: Span) -> tuple[float, float] | None:
    query = select(func.min(episodes.c.started_at), func.max(episodes.c.started_at)).where(*in_time(span))
    first, last = connection.execute(query).one()
    return None if first is None else (first, last)


def _read(connection: Connection, scope: Scope, spans: list[Span], zone: ZoneInfo, now: float) -> list[Piece]:
    with patience(connection, _LONGEST_S):
        return [read_piece(connection, scope, span, zone, now) for span in spans]


def _parts(span: Span, edges: tuple[float, float], zone: ZoneInfo) -> list[tuple[date, Span]]:
    """The weeks of a span in which there may be an episode, by their Mondays, cut where it begins and ends."""
    first, last = (_monday(day_of(edge, zone)) for edge in edges)
    parts = []
    for number in range((last - first).days // 7 + 1):
        monday = first + number * _WEEK
        whole = _whole(monday, zone)
        parts.append((monday, Span(_latest(whole.begins, span.begins), _earliest(whole.ends, span.ends))))
    return parts


def _whole(monday: date, zone: ZoneInfo) -> Span:
    return Period(monday, monday + _WEEK - timedelta(days=1)).span(zone)


def _latest(one: Any, other: Any) -> Any:
    return one if other is None else max(one, other)


def _earliest(one: Any, other: Any) -> Any:
    return one if other is None else min(one, other)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
