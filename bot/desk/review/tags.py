"""The tags leads put on conversations, by which their list is filtered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from bot.store.review_tables import conversation_tags as table

# Suggested are so many; whoever has more finds them by typing.
MOST_SUGGESTED = 200


def tags_of(connection: Connection, conversation_id: str) -> list[str]:
    """The tags of one conversation."""
    return tags_by_conversation(connection, [conversation_id]).get(conversation_id, [])


def tags_by_conversation(connection: Connection, conversation_ids: Sequence[str]) -> dict[str, list[str]]:
    """The tags of some conversations, by their ids."""
    query = select(table.c.conversation_id, table.c.tag).where(table.c.conversation_id.in_(conversation_ids))
    found: dict[str, list[str]] = {}
    for row in connection.execute(query.order_by(table.c.tag)):
        found.setdefault(row.conversation_id, []).append(row.tag)
    return found


def all_tags(connection: Connection) -> list[str]:
    """The tags there are."""
    query = select(table.c.tag).distinct().order_by(table.c.tag).limit(MOST_SUGGESTED)
    return list(connection.execute(query).scalars())


def add_tag(connection: Connection, conversation_id: str, tag: str, by: str, now: datetime) -> None:
    """Add a tag. Raises IntegrityError where another has added it at this moment."""
    if tag not in tags_of(connection, conversation_id):
        values = {"conversation_id": conversation_id, "tag": tag, "by": by, "at": now.timestamp()}
        connection.execute(insert(table).values(values))


def remove_tag(connection: Connection, conversation_id: str, tag: str) -> None:
    """Remove a tag."""
    connection.execute(delete(table).where(table.c.conversation_id == conversation_id, table.c.tag == tag))
