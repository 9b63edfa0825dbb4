"""How long episodes are and how long users wait for a person, counted in the database by value."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.engine import Connection

from bot.desk.figures.period import Span
from bot.desk.figures.scope import Scope
from bot.store.figures import condition
from bot.store.tables import episodes


def turns(connection: Connection, scope: Scope, span: Span, now: float) -> Counter[int]:
    """In how many episodes a user wrote so many messages."""
    messages = episodes.c.user_messages
    query = select(messages, func.count()).where(*scope.conditions(span), condition("talked", now)).group_by(messages)
    return Counter({int(value): int(count) for value, count in connection.execute(query)})


def seconds_to_person(connection: Connection, scope: Scope, span: Span, now: float) -> Counter[int]:
    """How often so many whole seconds passed between asking for a person and his first answer."""
    waited = episodes.c.answered_at - episodes.c.asked_at
    # SQLite's cast cuts off, PostgreSQL's rounds.
    seconds = cast(waited if connection.dialect.name == "sqlite" else func.floor(waited), Integer)
    answered = (*scope.conditions(span), condition("person_answered", now))
    query = select(seconds.label("seconds"), func.count()).where(*answered).group_by("seconds")
    return Counter({int(value): int(count) for value, count in connection.execute(query)})
