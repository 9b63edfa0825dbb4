"""What episodes are about and where they come from: topics, causes, channels and languages, in one pass."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.desk.figures.period import Span
from bot.desk.figures.scope import Scope
from bot.store.figures import condition
from bot.store.tables import episodes

BY = ("topic", "cause", "channel", "language")
COUNTED = ("talked", "contained", "problem", "solved", "handed_over")

# By topic, cause, channel or language: each value with what was counted of it; None: not known.
Breakdown = dict[str, dict["str | None", "Counter[str]"]]


def break_down(connection: Connection, scope: Scope, span: Span, now: float) -> Breakdown:
    """Count a span's episodes by each of BY."""
    columns = [episodes.c[name] for name in BY]
    counted = [func.count().filter(condition(name, now)) for name in COUNTED]
    # All at once: their combinations are few, and every pass reads the whole span.
    query = select(*columns, *counted).where(*scope.conditions(span)).group_by(*columns)
    found: dict[str, dict[str | None, Counter[str]]] = {name: {} for name in BY}
    for row in connection.execute(query):
        for name, value in zip(BY, row[: len(BY)], strict=True):
            counts = found[name].setdefault(value, Counter())
            for each, count in zip(COUNTED, row[len(BY) :], strict=True):
                counts[each] += count
    return found
