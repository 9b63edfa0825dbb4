"""What reviewers make of conversations: one verdict of each reviewer on each, which he may change and take back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import Any, TypeVar

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from bot.desk.errors import NotFoundError
from bot.desk.review import turns
from bot.desk.review.agreement import Judged
from bot.store.database import Database
from bot.store.review_tables import reviews as table
from bot.store.tables import conversations

Result = TypeVar("Result")


class Verdict(str, Enum):
    """What a conversation shows; all but the first and the last say who can do something about it."""

    HANDLED_WELL = "handled_well"
    MISUNDERSTOOD = "misunderstood"
    MISSING_KNOWLEDGE = "missing_knowledge"
    WRONG_STEP = "wrong_step"
    SHOULD_HAVE_HANDED_OVER = "should_have_handed_over"
    PRODUCT_PROBLEM = "product_problem"
    NOT_OURS = "not_ours"


@dataclass(frozen=True)
class Review:
    """One verdict, and when it was given; what is flagged is to be talked about."""

    conversation_id: str
    reviewer: str
    verdict: Verdict
    is_flagged: bool
    at: datetime


@dataclass(frozen=True)
class Reviewed:
    """One of a reviewer's own verdicts, and what the conversation was about."""

    review: Review
    topic: str | None
    language: str | None


async def judge(
    database: Database, conversation_id: str, reviewer: str, verdict: Verdict, is_flagged: bool, now: float
) -> None:
    """Keep a reviewer's verdict, instead of an earlier one of his; it ends his turn.

    Raises:
        NotFoundError: when there is no such conversation.
    """
    values = {"verdict": verdict.value, "is_flagged": is_flagged, "at": now}

    def keep(connection: Connection) -> None:
        turns.end_turn(connection, conversation_id, reviewer)
        if connection.execute(update(table).where(*_own(conversation_id, reviewer)).values(values)).rowcount == 0:
            row = {"conversation_id": conversation_id, "reviewer": reviewer, **values}
            connection.execute(insert(table).values(row))

    await _change(database, conversation_id, keep)


async def set_flag(database: Database, conversation_id: str, reviewer: str, is_flagged: bool) -> None:
    """Flag the conversation in a reviewer's own verdict, or no longer; nothing where he has given none.

    Raises:
        NotFoundError: when there is no such conversation.
    """
    changed = update(table).where(*_own(conversation_id, reviewer)).values(is_flagged=is_flagged)
    await _change(database, conversation_id, lambda connection: connection.execute(changed))


async def take_back(database: Database, conversation_id: str, reviewer: str, now: float) -> bool:
    """Remove a reviewer's own verdict and keep the conversation for him again; tells whether there was one.

    Raises:
        NotFoundError: when there is no such conversation.
    """

    def remove(connection: Connection) -> bool:
        removed: int = connection.execute(delete(table).where(*_own(conversation_id, reviewer))).rowcount
        if removed:
            turns.begin_turn(connection, conversation_id, reviewer, now)
        return removed > 0

    return await _change(database, conversation_id, remove)


async def reviews_of(database: Database, conversation_id: str) -> list[Review]:
    """The verdicts on a conversation, oldest first.

    Raises:
        NotFoundError: when there is no such conversation.
    """
    query = select(table).where(table.c.conversation_id == conversation_id).order_by(table.c.at, table.c.reviewer)

    def find(connection: Connection) -> list[Any]:
        _must_exist(connection, conversation_id)
        return list(connection.execute(query).all())

    return [_review(row) for row in await database.read(find)]


async def latest_of(database: Database, reviewer: str, limit: int) -> list[Reviewed]:
    """A reviewer's own verdicts, newest first."""
    joined = table.outerjoin(conversations, conversations.c.id == table.c.conversation_id)
    query = select(table, conversations.c.topic, conversations.c.language).select_from(joined)
    query = query.where(table.c.reviewer == reviewer).order_by(table.c.at.desc(), table.c.conversation_id).limit(limit)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [Reviewed(_review(row), row.topic, row.language) for row in rows]


async def count_verdicts(database: Database, since: float) -> dict[Verdict, int]:
    """How often each verdict was given since a time, all of them in their order."""
    query = select(table.c.verdict, func.count()).where(table.c.at >= since).group_by(table.c.verdict)
    found = dict(await database.read(lambda connection: [tuple(row) for row in connection.execute(query)]))
    return {verdict: found.get(verdict.value, 0) for verdict in Verdict}


async def judged_twice(database: Database, since: float) -> list[Judged]:
    """The verdicts on all conversations that have more than one, given since a time."""
    recent = table.c.at >= since
    several = select(table.c.conversation_id).where(recent).group_by(table.c.conversation_id)
    several = several.having(func.count() > 1)
    query = select(table.c.conversation_id, table.c.reviewer, table.c.verdict)
    query = query.where(recent, table.c.conversation_id.in_(several))
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [Judged(*row) for row in rows]


async def _change(database: Database, conversation_id: str, change: Callable[[Connection], Result]) -> Result:
    def work(connection: Connection) -> Result:
        turns.one_at_a_time(connection)
        _must_exist(connection, conversation_id)
        return change(connection)

    try:
        return await database.write(work)
    except FileNotFoundError as error:
        raise NotFoundError("the bot has not begun yet") from error


def _must_exist(connection: Connection, conversation_id: str) -> None:
    query = select(conversations.c.id).where(conversations.c.id == conversation_id)
    if connection.execute(query).first() is None:
        raise NotFoundError("there is no such conversation")


def _own(conversation_id: str, reviewer: str) -> tuple[Any, ...]:
    return table.c.conversation_id == conversation_id, table.c.reviewer == reviewer


def _review(row: Any) -> Review:
    at = datetime.fromtimestamp(row.at, timezone.utc)
    return Review(row.conversation_id, row.reviewer, Verdict(row.verdict), row.is_flagged, at)
