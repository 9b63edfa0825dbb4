"""Feedback for those who make the product: how much of it there is, about what, and a piece of the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Connection

from bot.desk.figures.period import day_of
from bot.desk.figures.scope import Scope
from bot.desk.pages.personal import mask_personal
from bot.store.feedback import Feedback, FeedbackFilter, feedback_after

MOST = 3_000  # lines that are looked at in one reading
NO_TOPIC = "none"
_SERIES = 5


@dataclass(frozen=True)
class Line:
    """A line as it is shown: masked."""

    seq: int
    conversation_id: str
    said_at: datetime
    text: str
    topic: str | None
    language: str | None


@dataclass(frozen=True)
class Overview:
    """How many lines there are by topic, the most frequent first, and by the Monday of their week.

    ``series`` are the topics that are told apart in a week; None stands for no topic, the others count as "other".
    ``is_complete`` is False where there are more lines than are looked at.
    """

    count: int
    topics: dict[str | None, int]
    weeks: dict[date, Counter[str | None]]
    series: tuple[str | None, ...]
    is_complete: bool

    def others(self, monday: date) -> int:
        """How many lines of a week are about topics that are none of the series."""
        return sum(count for topic, count in self.weeks[monday].items() if topic not in self.series)


def list_feedback(
    connection: Connection, scope: Scope, zone: ZoneInfo, after: int | None, limit: int
) -> tuple[list[Line], int | None]:
    """A piece of the list behind a seq, newest first, and the seq behind which the next one begins."""
    found: list[Line] = []
    for number, each in enumerate(feedback_after(connection, _wanted(scope, zone), after), 1):
        is_wanted = scope.topic is None or (each.topic or NO_TOPIC) == scope.topic
        if is_wanted and len(found) == limit:
            return found, found[-1].seq
        if is_wanted:
            found.append(_line(each))
        if number == MOST:
            return found, each.seq
    return found, None


def overview(connection: Connection, scope: Scope, zone: ZoneInfo) -> Overview:
    """Count the newest lines of a scope, whatever their topic."""
    weeks: defaultdict[date, Counter[str | None]] = defaultdict(Counter)
    topics: Counter[str | None] = Counter()
    lines = feedback_after(connection, _wanted(scope, zone))
    for each in islice(lines, MOST):
        day = day_of(each.said_at, zone)
        topics[each.topic] += 1
        weeks[day - timedelta(days=day.weekday())][each.topic] += 1
    count = sum(topics.values())
    series = tuple(topic for topic, _ in topics.most_common(_SERIES))
    return Overview(count, dict(topics.most_common()), _without_gaps(weeks), series, next(lines, None) is None)


def _wanted(scope: Scope, zone: ZoneInfo) -> FeedbackFilter:
    span = scope.period.span(zone)
    return FeedbackFilter(span.begins, span.ends, scope.channel, scope.language)


def _without_gaps(weeks: dict[date, Counter[str | None]]) -> dict[date, Counter[str | None]]:
    if not weeks:
        return {}
    first, last = min(weeks), max(weeks)
    mondays = (first + timedelta(weeks=number) for number in range((last - first).days // 7 + 1))
    return {monday: weeks.get(monday, Counter()) for monday in mondays}


def _line(each: Feedback) -> Line:
    return Line(
        seq=each.seq,
        conversation_id=each.conversation_id,
        said_at=datetime.fromtimestamp(each.said_at, timezone.utc),
        text=mask_personal(each.text, each.user_id),
        topic=each.topic,
        language=each.language,
    )
