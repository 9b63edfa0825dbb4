"""What the desk keeps of conversations: found, counted, removed. Works in a transaction of the caller."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import ColumnElement

from bot.desk.audit.tables import audit
from bot.desk.cases.payloads import State as CaseState
from bot.desk.cases.tables import cases
from bot.desk.handoffs.tables import handoffs
from bot.desk.retention.layout import Layout
from bot.desk.retention.record import pieces
from bot.handoff.states import ENDED

AUDIT = audit.name
_OF = "conversation_id"
_COLUMNS = (handoffs.c.id, handoffs.c.number, handoffs.c.conversation_id)
_IS_OVER = and_(
    handoffs.c.state.in_(sorted(state.value for state in ENDED)),
    or_(cases.c.state.is_(None), cases.c.state == CaseState.RESOLVED.value),
)
_WITH_CASES = handoffs.outerjoin(cases, cases.c.number == handoffs.c.number)


@dataclass(frozen=True)
class Kept:
    """A hand-off as it is found by: its id, its number, and the conversation it is of."""

    id: int
    number: str
    conversation_id: str


def of_conversations(connection: Connection, names: Collection[str]) -> list[Kept]:
    """The hand-offs of conversations, whoever was thought to speak."""
    return _found(connection, handoffs.c.conversation_id, names)


def of_user(connection: Connection, user_id: str) -> list[Kept]:
    """The hand-offs of a user."""
    return _found(connection, handoffs.c.user_id, [user_id])


def of_numbers(connection: Connection, numbers: Collection[str]) -> list[Kept]:
    """The hand-offs of these numbers."""
    return _found(connection, handoffs.c.number, numbers)


def held_back(connection: Connection, names: Collection[str]) -> set[str]:
    """Which of the conversations somebody is still to answer: a hand-off has not ended, or its case is open."""
    found: set[str] = set()
    for some in pieces(names):
        query = select(handoffs.c.conversation_id).select_from(_WITH_CASES)
        query = query.where(handoffs.c.conversation_id.in_(some), ~_IS_OVER)
        found.update(connection.execute(query).scalars())
    return found


def over_since(connection: Connection, before: Any, after: tuple[Any, int], most: int) -> list[Any]:
    """The next hand-offs that ended before a moment and have no open case, behind that ended_at and id."""
    ended_at = handoffs.c.ended_at
    later = or_(ended_at > after[0], and_(ended_at == after[0], handoffs.c.id > after[1]))
    query = select(*_COLUMNS, ended_at).select_from(_WITH_CASES).where(ended_at < before, later, _IS_OVER)
    rows: list[Any] = connection.execute(query.order_by(ended_at, handoffs.c.id).limit(most)).all()
    return rows


def count(connection: Connection, tables: Iterable[Layout], kept: Collection[Kept]) -> Counter[str]:
    """How many rows of each table these hand-offs have."""
    counted: Counter[str] = Counter()
    for layout in tables:
        for condition in _belonging(layout, kept):
            query = select(func.count()).select_from(layout.table).where(condition)
            counted[layout.name] += int(connection.execute(query).scalar() or 0)
    return counted


def remove(connection: Connection, tables: Collection[Layout], kept: Collection[Kept]) -> Counter[str]:
    """Remove hand-offs from every table; how many rows of each. The audit keeps its rows, without what names them."""
    removed: Counter[str] = Counter()
    # What refers to a hand-off goes before it; what refers to that is not known, and stops it all.
    for layout in sorted(tables, key=lambda layout: layout.name == handoffs.name):
        for condition in _belonging(layout, kept):
            removed[layout.name] += connection.execute(delete(layout.table).where(condition)).rowcount
    removed[AUDIT] = forget_deeds(connection, {each.number for each in kept} | {each.conversation_id for each in kept})
    return removed


def forget_deeds(connection: Connection, names: Collection[str]) -> int:
    """Take what names a conversation or a hand-off out of the audit: who did what and when stays. How many rows."""
    emptied = 0
    for some in pieces(names):
        change = update(audit).where(audit.c.subject.in_(some)).values(subject=None, detail=None)
        emptied += int(connection.execute(change).rowcount)
    return emptied


def _belonging(layout: Layout, kept: Collection[Kept]) -> list[ColumnElement[bool]]:
    if layout.name == handoffs.name:
        return [layout.table.c.id.in_(some) for some in pieces([each.id for each in kept])]
    for reference in layout.references:
        if reference.table == handoffs.name:
            values = [getattr(each, reference.referred) for each in kept]
            return [layout.table.c[reference.column].in_(some) for some in pieces(values)]
    if layout.has(_OF):
        names = {each.conversation_id for each in kept}
        return [layout.table.c[_OF].in_(some) for some in pieces(names)]
    return []


def _found(connection: Connection, column: ColumnElement[str], values: Collection[str]) -> list[Kept]:
    rows = [row for some in pieces(values) for row in connection.execute(select(*_COLUMNS).where(column.in_(some)))]
    return [Kept(*row) for row in rows]
