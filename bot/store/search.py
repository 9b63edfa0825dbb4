"""What a filter of conversations is in SQL, so that it is fast for what is rare, for what is frequent, and for nothing.

The list is walked from its newest conversation on, each one tested, until a page is full: fast for what is frequent.
What stands in other tables and is rare there is taken from those first, and the list narrowed to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Integer, Table, column, exists, false, func, literal_column, not_, select
from sqlalchemy import table as table_of
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.store.conversation_filter import ConversationFilter
from bot.store.figures import condition
from bot.store.review_tables import conversation_tags, corrections, reviews
from bot.store.tables import conversations as table
from bot.store.tables import episodes, events
from bot.store.words import phrase_of

# So many rows of another table, or fewer, are read before the list is.
RARE = 2000

_OF_WORDS = table_of("message_words", column("rowid"), column("conversation_id"), column("words"))
# With a figure these are asked of the episode that it counts.
_OF_EPISODES = ("channel", "language", "topic", "cause", "outcome")
# What a field of the filter asks of a conversation's own row.
_COMPARISONS: dict[str, Callable[[Any], Any]] = {
    "user_id": lambda value: table.c.user_id == value,
    "verified": lambda value: table.c.user_id.is_not(None) if value else table.c.user_id.is_(None),
    "handoff_state": lambda value: table.c.handoff_state == value,
    "asked_person": lambda value: table.c.handoff_state.is_not(None) if value else table.c.handoff_state.is_(None),
    "has_person": lambda value: table.c.person_messages > 0 if value else table.c.person_messages == 0,
    "rating_at_least": lambda value: table.c.rating >= value,
    "rating_at_most": lambda value: table.c.rating <= value,
    "min_user_messages": lambda value: table.c.user_messages >= value,
    "max_user_messages": lambda value: table.c.user_messages <= value,
    "min_fallbacks": lambda value: table.c.fallbacks >= value,
    "confidence_below": lambda value: table.c.lowest_confidence < value,
    "active_from": lambda value: table.c.last_at >= value,
    "active_until": lambda value: table.c.last_at < value,
}


class _Elsewhere(NamedTuple):
    """What another table must hold: the conversations for which it does, and whether it does for the one in hand."""

    conversations: Select
    holds: Any


def conditions_of(connection: Connection, wanted: ConversationFilter, now: float) -> list[Any]:
    """The conditions on the columns of ``conversations``; ``now`` in seconds since 1970 decides what is over."""
    conditions = [*_of_row(wanted), *_without(wanted)]
    elsewhere = list(_elsewhere(wanted, now, connection.dialect.name))
    for rare in elsewhere:
        found = connection.execute(rare.conversations.limit(RARE + 1)).scalars().all()
        if len(found) <= RARE:
            conditions.append(table.c.id.in_(sorted(set(found))))
            elsewhere.remove(rare)
            break
    return [*conditions, *(each.holds for each in elsewhere)]


def _of_row(wanted: ConversationFilter) -> Iterator[Any]:
    for name, compare in _COMPARISONS.items():
        if (value := getattr(wanted, name)) is not None:
            yield compare(value)
    if wanted.figure is None:
        yield from _equal(table, wanted)
        return
    # Follows from the episode; a walk along the list leaves out by it what it would have to look up.
    if wanted.figure_from is not None:
        yield table.c.last_at >= wanted.figure_from
    if wanted.figure_until is not None:
        yield table.c.first_at < wanted.figure_until


def _without(wanted: ConversationFilter) -> Iterator[Any]:
    """What other tables must not hold."""
    if wanted.reviewed is False:
        yield not_(_there(reviews).holds)
    if wanted.flagged is False:
        yield not_(_there(reviews, reviews.c.is_flagged).holds)
    if wanted.corrected is False:
        yield not_(_there(corrections).holds)


def _elsewhere(wanted: ConversationFilter, now: float, dialect: str) -> Iterator[_Elsewhere]:
    """What other tables must hold, that first which is most quickly found and tested."""
    if wanted.tag is not None:
        yield _there(conversation_tags, conversation_tags.c.tag == wanted.tag)
    if wanted.corrected:
        yield _there(corrections)
    if wanted.flagged:
        yield _there(reviews, reviews.c.is_flagged)
    if wanted.reviewed:
        yield _there(reviews)
    if wanted.intent is not None:
        yield _there(events, events.c.type == "user", events.c.name == wanted.intent)
    if wanted.words is not None:
        phrase = phrase_of(wanted.words, dialect)
        if phrase is None:
            yield _there(events, false())
        else:
            yield _said_on_sqlite(phrase) if dialect == "sqlite" else _said_on_postgresql(phrase)
    if wanted.figure is not None:
        yield _there(episodes, *_of_episode(wanted, now))


def _of_episode(wanted: ConversationFilter, now: float) -> Iterator[Any]:
    yield condition(str(wanted.figure), now)
    yield from _equal(episodes, wanted)
    if wanted.figure_from is not None:
        yield episodes.c.started_at >= wanted.figure_from
    if wanted.figure_until is not None:
        yield episodes.c.started_at < wanted.figure_until


def _equal(where: Table, wanted: ConversationFilter) -> Iterator[Any]:
    for name in _OF_EPISODES:
        if (value := getattr(wanted, name)) is not None:
            yield where.c[name] == value


def _there(other: Any, *such: Any) -> _Elsewhere:
    ids = other.c.conversation_id
    return _Elsewhere(select(ids).where(*such), exists().where(ids == table.c.id, *such).correlate(table))


def _said_on_postgresql(phrase: str) -> _Elsewhere:
    return _there(_OF_WORDS, _OF_WORDS.c.words.op("@@")(func.to_tsquery(literal_column("'simple'"), phrase)))


def _said_on_sqlite(phrase: str) -> _Elsewhere:
    # The index knows the ids of events alone.
    lines = select(_OF_WORDS.c.rowid).where(literal_column("message_words").op("MATCH")(phrase))
    found = _there(events, events.c.id.in_(lines))
    # The sign keeps SQLite from going through all that was found for each conversation anew.
    tested = _there(events, literal_column("+events.id", Integer).in_(lines))
    return _Elsewhere(found.conversations, tested.holds)
