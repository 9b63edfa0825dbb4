"""Episodes in the database: loaded, written where they have changed, and marked where their user has come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import bindparam, exists, insert, or_, select, update
from sqlalchemy.engine import Connection

from bot.store.episode import RETURN_SECONDS, Episode
from bot.store.tables import episodes as table

# What happens to earlier ones does not change them any more.
_LOADED = 20
_NAMES = [field.name for field in fields(Episode)]

# Made once: to put them together takes longer than to run them.
_LAST = (
    select(*(table.c[name] for name in _NAMES))
    .where(table.c.conversation_id == bindparam("of_conversation"))
    .order_by(table.c.number.desc())
    .limit(_LOADED)
)
_ADD = insert(table)
_CHANGE = (
    update(table)
    .where(table.c.conversation_id == bindparam("of_conversation"), table.c.number == bindparam("of_number"))
    .values({name: bindparam(name) for name in _NAMES})
)
_MARK = (
    update(table)
    .where(
        table.c.user_id == bindparam("of_user"),
        table.c.topic == bindparam("of_topic"),
        table.c.last_at >= bindparam("at") - RETURN_SECONDS,
        table.c.started_at < bindparam("at"),
        or_(table.c.conversation_id != bindparam("of_conversation"), table.c.number < bindparam("of_number")),
        table.c.returned == 0,
    )
    .values(returned=1)
)
_later = table.alias()
_MARK_ALL = (
    update(table)
    .where(
        table.c.returned == 0,
        exists().where(
            _later.c.user_id == table.c.user_id,
            _later.c.topic == table.c.topic,
            _later.c.last_at >= table.c.started_at,
            _later.c.started_at > table.c.started_at,
            _later.c.started_at <= table.c.last_at + RETURN_SECONDS,
        ),
    )
    .values(returned=1)
)


def load_episodes(connection: Connection, conversation_id: str) -> list[Episode]:
    """The last episodes of a conversation, in order of number."""
    rows = connection.execute(_LAST, {"of_conversation": conversation_id}).all()
    return [Episode(**row._mapping) for row in reversed(rows)]


def write_episodes(
    connection: Connection, conversation_id: str, before: Sequence[Episode], now: Sequence[Episode]
) -> None:
    """Keep what has changed since they were loaded, and mark what users have come back for."""
    known = {episode.number: episode for episode in before}
    new = [{**vars(it), "conversation_id": conversation_id} for it in now if it.number not in known]
    changed = [it for it in now if it.number in known and it != known[it.number]]
    if changed:
        place = {"of_conversation": conversation_id}
        connection.execute(_CHANGE, [{**vars(it), **place, "of_number": it.number} for it in changed])
    if new:
        connection.execute(_ADD, new)
    for episode in now:
        if _is_told_apart(episode, known.get(episode.number)):
            _mark(connection, conversation_id, episode)


def mark_all_returns(connection: Connection) -> None:
    """Mark the episodes of all proven users who came back for the same; of guests the fold has done so."""
    connection.execute(_MARK_ALL)


def _is_told_apart(episode: Episode, before: Episode | None) -> bool:
    """Whether by now more is known of who came for what."""
    if episode.topic is None or episode.user_id is None:
        return False
    return before is None or (before.topic, before.user_id) != (episode.topic, episode.user_id)


def _mark(connection: Connection, conversation_id: str, episode: Episode) -> None:
    values = {"of_user": episode.user_id, "of_topic": episode.topic, "at": episode.started_at}
    connection.execute(_MARK, {**values, "of_conversation": conversation_id, "of_number": episode.number})
