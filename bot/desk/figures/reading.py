"""Everything that is read for one scope: its figures now, and those of the days before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.desk.figures.breakdown import Breakdown
from bot.desk.figures.period import Span
from bot.desk.figures.piece import Piece
from bot.desk.figures.scope import Scope
from bot.desk.figures.spread import Spread, spread_of
from bot.desk.figures.sums import Sums, going_on, settled, total
from bot.desk.figures.weeks import Weeks
from bot.store.database import Database


@dataclass(frozen=True)
class Counted:
    """What was counted of a span: figures and sums by name, and how values are spread."""

    sums: Counter[str]
    turns: Spread
    seconds_to_person: Spread


@dataclass(frozen=True)
class Reading:
    """The figures of a scope at a moment; ``before`` those of the span before, None where there is none."""

    scope: Scope
    read_at: datetime
    counted: Counted
    before: Counted | None
    days: Sums
    breakdown: Breakdown


async def read(database: Database, weeks: Weeks, scope: Scope, zone: ZoneInfo, now: datetime) -> Reading:
    """Read the figures of a scope as they are now.

    Raises:
        TookTooLong: when there is more than can be counted.
    """
    earlier = scope.period.before(zone, now)
    piece, days = await _read(database, weeks, scope, scope.period.span(zone), zone, now)
    before = _counted(*await _read(database, weeks, scope, earlier, zone, now)) if earlier else None
    return Reading(scope, now, _counted(piece, days), before, days, piece.breakdown)


async def _read(
    database: Database, weeks: Weeks, scope: Scope, span: Span, zone: ZoneInfo, now: datetime
) -> tuple[Piece, Sums]:
    piece = await weeks.read(database, scope, span, zone, now)
    going = await database.read(lambda connection: going_on(connection, scope, span, zone, now.timestamp()))
    return piece, settled(piece.days, going)


def _counted(piece: Piece, days: Sums) -> Counted:
    return Counted(total(days.values()), spread_of(piece.turns), spread_of(piece.seconds_to_person))
