"""The list of conversations, by what is asked for, the newest activity first."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.engine import Row

from bot.store.database import Database
from bot.store.summary import Summary
from bot.store.tables import conversations as table

# What a field of the filter asks for; one that bears a column's name asks for its value.
_COMPARISONS: dict[str, Callable[[Any], Any]] = {
    "verified": lambda value: table.c.user_id.is_not(None) if value else table.c.user_id.is_(None),
    "rating_at_least": lambda value: table.c.rating >= value,
    "rating_at_most": lambda value: table.c.rating <= value,
    "min_fallbacks": lambda value: table.c.fallbacks >= value,
    "confidence_below": lambda value: table.c.lowest_confidence < value,
    "active_from": lambda value: table.c.last_at >= value,
    "active_until": lambda value: table.c.last_at < value,
    "has_person": lambda value: table.c.person_messages > 0 if value else table.c.person_messages == 0,
}


@dataclass(frozen=True, kw_only=True)
class Conversation(Summary):
    """A conversation so far; ``last_event_id`` is the id of its newest event."""

    id: str
    last_event_id: int


@dataclass(frozen=True)
class ConversationFilter:
    """What conversations must have; None asks for nothing. Times are seconds since 1970.

    ``verified`` asks for a proven user, or for a guest; ``active_from`` and ``active_until`` bound the last activity,
    the second one not included; ``has_person`` whether a person has written.
    """

    channel: str | None = None
    language: str | None = None
    user_id: str | None = None
    verified: bool | None = None
    topic: str | None = None
    outcome: str | None = None
    handoff_state: str | None = None
    rating_at_least: int | None = None
    rating_at_most: int | None = None
    min_fallbacks: int | None = None
    confidence_below: float | None = None
    active_from: float | None = None
    active_until: float | None = None
    has_person: bool | None = None


@dataclass(frozen=True)
class Cursor:
    """Where a page ended."""

    last_at: float
    conversation_id: str

    def __str__(self) -> str:
        """Text that may stand in an address."""
        content = json.dumps([self.last_at, self.conversation_id], ensure_ascii=False)
        return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """The cursor that was written as this text. Raises ValueError for one that was not."""
        try:
            content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            last_at, conversation_id = json.loads(content)
            cursor = cls(float(last_at), str(conversation_id))
            # A database compares with neither; whoever made this text up may have put in either.
            can_be_compared = math.isfinite(cursor.last_at) and "\0" not in cursor.conversation_id
            if can_be_compared and str(cursor) == text:
                return cursor
        except (ValueError, TypeError, OverflowError, RecursionError):
            pass
        raise ValueError("this is no cursor")


@dataclass(frozen=True)
class Page:
    """Some conversations; ``next`` leads to the following page, None after the last."""

    items: tuple[Conversation, ...]
    next: Cursor | None


async def get(database: Database, conversation_id: str) -> Conversation | None:
    """The conversation of that id; None when there is none."""
    query = select(table).where(table.c.id == conversation_id)
    row = await database.read(lambda connection: connection.execute(query).first())
    return _conversation(row) if row else None


async def page(database: Database, wanted: ConversationFilter, after: Cursor | None = None, limit: int = 50) -> Page:
    """The next conversations behind a cursor.

    Each comes once at most. One that is active meanwhile moves to the front, where the next first page has it.
    """
    newest_first = (table.c.last_at.desc(), table.c.id.desc())
    query = select(table).where(*_conditions(wanted)).order_by(*newest_first).limit(limit + 1)
    if after is not None:
        query = query.where(tuple_(table.c.last_at, table.c.id) < (after.last_at, after.conversation_id))
    rows = await database.read(lambda connection: connection.execute(query).all())
    items = tuple(_conversation(row) for row in rows[:limit])
    return Page(items, Cursor(items[-1].last_at, items[-1].id) if len(rows) > limit else None)


def _conditions(wanted: ConversationFilter) -> list[Any]:
    values = ((field.name, getattr(wanted, field.name)) for field in fields(wanted))
    return [_condition(name, value) for name, value in values if value is not None]


def _condition(name: str, value: Any) -> Any:
    if name in _COMPARISONS:
        return _COMPARISONS[name](value)
    return table.c[name] == value


def _conversation(row: Row) -> Conversation:
    return Conversation(**row._mapping)
