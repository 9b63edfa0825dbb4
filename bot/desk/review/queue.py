"""The review queue: what waits for a reviewer, and the next of it, which two take at once only where two are wanted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import func, or_, select, union
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.desk.review import turns
from bot.desk.review.reasons import Reason, is_drawn, number_of, reason_of, wanted_verdicts, weight_of
from bot.store.database import Database
from bot.store.figures import ENDS_AFTER_S
from bot.store.patience import patience
from bot.store.review_tables import review_turns, reviews
from bot.store.tables import conversations

DAY_S = 24 * 60 * 60
_PATIENCE_S = 10


@dataclass(frozen=True)
class Drawing:
    """Which conversations are reviewed: of the last ``days``, ``share`` per cent of those that went well.

    ``double`` per cent of all wait for a second reviewer.
    """

    share: int
    double: int
    days: int


@dataclass(frozen=True)
class Reviewing:
    """Who reviews what, and when, in seconds since 1970."""

    reviewer: str
    drawing: Drawing
    now: float


async def count_waiting(database: Database, reviewing: Reviewing) -> dict[Reason, int]:
    """How many conversations wait for a reviewer, by why."""
    waiting = _waiting(reviewing).subquery()
    query = select(waiting.c.weight, func.count()).group_by(waiting.c.weight)

    def read(connection: Connection) -> list[Any]:
        with patience(connection, _PATIENCE_S):
            return list(connection.execute(query).all())

    found = Counter({reason_of(weight): count for weight, count in await database.read(read)})
    return {reason: found[reason] for reason in Reason}


async def turn_of(database: Database, reviewer: str, now: float) -> str | None:
    """The conversation that is kept for a reviewer."""
    return await database.read(lambda connection: turns.own_turn(connection, reviewer, now))


async def take_next(database: Database, reviewing: Reviewing, reason: Reason | None = None) -> str | None:
    """Keep the newest conversation that waits for a reviewer, and for that reason; the one that he has, he keeps.

    None where nothing waits.
    """

    def search(connection: Connection) -> str | None:
        with patience(connection, _PATIENCE_S):
            own = turns.own_turn(connection, reviewing.reviewer, reviewing.now)
            return own or _newest(connection, reviewing, reason)

    # The search is no part of the writing: on SQLite the bot would wait for its end. Who loses a race searches again.
    while (found := await database.read(search)) is not None:
        taken = await database.write(partial(_take, reviewing=reviewing, reason=reason, conversation_id=found))
        if taken is not None:
            return taken
    return None


async def skip(database: Database, conversation_id: str, reviewer: str) -> None:
    """Leave a conversation to other reviewers."""

    def leave(connection: Connection) -> None:
        turns.one_at_a_time(connection)
        turns.skip_turn(connection, conversation_id, reviewer)

    await database.write(leave)


def _take(connection: Connection, reviewing: Reviewing, reason: Reason | None, conversation_id: str) -> str | None:
    turns.one_at_a_time(connection)
    turns.forget_old_turns(connection, reviewing.now)
    taken = turns.own_turn(connection, reviewing.reviewer, reviewing.now)
    if taken is None:
        still = _waiting(reviewing, reason).where(conversations.c.id == conversation_id)
        taken = None if connection.execute(still).first() is None else conversation_id
    if taken is not None:
        turns.begin_turn(connection, taken, reviewing.reviewer, reviewing.now)
    return taken


def _newest(connection: Connection, reviewing: Reviewing, reason: Reason | None) -> str | None:
    newest = (conversations.c.last_at.desc(), conversations.c.id.desc())
    found = connection.execute(_waiting(reviewing, reason).order_by(*newest).limit(1)).first()
    return None if found is None else str(found.id)


def _waiting(reviewing: Reviewing, reason: Reason | None = None) -> Select:
    """The conversations that wait for a reviewer, each with the number of its reason."""
    drawing, now = reviewing.drawing, reviewing.now
    weight = weight_of(now)
    own = review_turns.c.reviewer == reviewing.reviewer
    done = select(reviews.c.conversation_id).where(reviews.c.reviewer == reviewing.reviewer)
    skipped = select(review_turns.c.conversation_id).where(own, review_turns.c.is_skipped)
    taken = _taken(reviewing)
    query = select(conversations.c.id, weight.label("weight")).outerjoin(
        taken, taken.c.conversation_id == conversations.c.id
    )
    query = query.where(
        conversations.c.last_at >= now - drawing.days * DAY_S,
        conversations.c.last_at < now - ENDS_AFTER_S,
        conversations.c.user_messages > 0,
        conversations.c.id.not_in(done),
        conversations.c.id.not_in(skipped),
        func.coalesce(taken.c.count, 0) < wanted_verdicts(drawing.double),
    )
    if reason is not None:
        query = query.where(weight == number_of(reason))
    if reason is Reason.SAMPLE:
        return query.where(is_drawn(drawing.share))
    return query if reason else query.where(or_(is_drawn(drawing.share), weight > 0))


def _taken(reviewing: Reviewing) -> Any:
    """By how many others each conversation has been judged, or is being looked at."""
    judged = select(reviews.c.conversation_id, reviews.c.reviewer)
    looking = select(review_turns.c.conversation_id, review_turns.c.reviewer).where(
        review_turns.c.until > reviewing.now, review_turns.c.reviewer != reviewing.reviewer
    )
    # Who has judged it and looks at it again counts once.
    places = union(judged, looking).subquery()
    query = select(places.c.conversation_id, func.count().label("count")).group_by(places.c.conversation_id)
    return query.subquery()
