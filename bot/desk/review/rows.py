"""A row of the list of conversations: the summary, and what leads have added to it. Nothing of it names a user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.desk.review.tags import tags_by_conversation
from bot.store.conversations import Conversation
from bot.store.review_tables import corrections, reviews


@dataclass(frozen=True)
class Row:
    """One conversation. `reviewers` are the names of those who have given a verdict."""

    conversation: Conversation
    first_at: datetime
    last_at: datetime
    tags: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    is_corrected: bool = False

    @property
    def messages(self) -> int:
        """How many messages there are, of all authors."""
        of = self.conversation
        return of.user_messages + of.bot_messages + of.person_messages


def rows_of(connection: Connection, found: Sequence[Conversation]) -> list[Row]:
    """The rows of some conversations, in the same order."""
    ids = [conversation.id for conversation in found]
    tags, reviewers = tags_by_conversation(connection, ids), reviewers_of(connection, ids)
    query = select(corrections.c.conversation_id).where(corrections.c.conversation_id.in_(ids))
    corrected = set(connection.execute(query).scalars())
    return [
        Row(
            conversation=each,
            first_at=moment_of(each.first_at),
            last_at=moment_of(each.last_at),
            tags=tuple(tags.get(each.id, ())),
            reviewers=tuple(reviewers.get(each.id, ())),
            is_corrected=each.id in corrected,
        )
        for each in found
    ]


def reviewers_of(connection: Connection, conversation_ids: Sequence[str]) -> dict[str, list[str]]:
    """Who has given a verdict on which of these conversations, the first one first."""
    query = select(reviews.c.conversation_id, reviews.c.reviewer).order_by(reviews.c.at)
    found: dict[str, list[str]] = {}
    for row in connection.execute(query.where(reviews.c.conversation_id.in_(conversation_ids))):
        found.setdefault(row.conversation_id, []).append(row.reviewer)
    return found


def moment_of(seconds: float) -> datetime:
    """The moment so many seconds after the beginning of 1970."""
    return datetime.fromtimestamp(seconds, timezone.utc)
