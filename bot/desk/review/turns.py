"""Whose turn it is to look at a conversation, and that reviewers change that one after another."""

from __future__ import annotations

from sqlalchemy import and_, delete, func, insert, select
from sqlalchemy.engine import Connection

from bot.store.review_tables import review_turns as table

# So long a conversation is kept for whoever took it, in seconds.
TURN_S = 15 * 60
# "review": no other lock of the database has this number. SQLite has one writer at a time by itself.
_LOCK = 0x726576696577


def one_at_a_time(connection: Connection) -> None:
    """Wait until no other transaction changes reviews or turns; the next one waits for the end of this."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def own_turn(connection: Connection, reviewer: str, now: float) -> str | None:
    """The conversation that is kept for a reviewer."""
    query = select(table.c.conversation_id).where(table.c.reviewer == reviewer, table.c.until > now)
    found = connection.execute(query.order_by(table.c.until.desc()).limit(1)).scalar()
    return None if found is None else str(found)


def is_own_turn(connection: Connection, conversation_id: str, reviewer: str, now: float) -> bool:
    """Whether a conversation is kept for a reviewer."""
    query = select(table.c.until).where(_of(conversation_id, reviewer), table.c.until > now)
    return connection.execute(query).first() is not None


def begin_turn(connection: Connection, conversation_id: str, reviewer: str, now: float) -> None:
    """Keep a conversation for a reviewer."""
    _replace(connection, conversation_id, reviewer, until=now + TURN_S, is_skipped=False)


def skip_turn(connection: Connection, conversation_id: str, reviewer: str) -> None:
    """Leave a conversation to others for good."""
    _replace(connection, conversation_id, reviewer, until=None, is_skipped=True)


def end_turn(connection: Connection, conversation_id: str, reviewer: str) -> None:
    """Keep the conversation for him no more, and remember no skipping either."""
    connection.execute(delete(table).where(_of(conversation_id, reviewer)))


def forget_old_turns(connection: Connection, now: float) -> None:
    """Remove the turns whose time is over."""
    connection.execute(delete(table).where(table.c.until <= now, table.c.is_skipped.is_(False)))


def _replace(
    connection: Connection, conversation_id: str, reviewer: str, until: float | None, is_skipped: bool
) -> None:
    end_turn(connection, conversation_id, reviewer)
    values = {
        "conversation_id": conversation_id,
        "reviewer": reviewer,
        "until": until,
        "is_skipped": is_skipped,
    }
    connection.execute(insert(table).values(values))


def _of(conversation_id: str, reviewer: str) -> object:
    return and_(table.c.conversation_id == conversation_id, table.c.reviewer == reviewer)
