"""The table of conversations, read and written piece by piece."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.desk.export.cells import COLUMNS, Asked, Told, cells_of, harmless
from bot.desk.export.walk import Read, pages_of
from bot.desk.web.texts import Texts
from bot.store.conversation_filter import ConversationFilter
from bot.store.conversations import Conversation
from bot.store.review_tables import conversation_tags, reviews
from bot.store.tables import conversations, episodes, events

# Without it a spreadsheet reads Chinese as something else.
BYTE_ORDER_MARK = "\ufeff"


async def table_of(
    read: Read, wanted: ConversationFilter, now: float, zone: ZoneInfo, texts: Texts
) -> AsyncIterator[str]:
    """The text of the table, a piece for some hundred rows; headings are in the language of the texts."""
    heading = BYTE_ORDER_MARK + _written([[harmless(texts[f"export_{name}"](zone=zone.key)) for name in COLUMNS]])
    async for page in pages_of(read, wanted, now):

        def rows(connection: Connection, items: Sequence[Conversation] = page.items) -> str:
            return _written(cells_of(told, zone, texts) for told in told_of(connection, items))

        yield heading + await read(rows)
        heading = ""


def told_of(connection: Connection, items: Sequence[Conversation]) -> list[Told]:
    """What the rows of these conversations tell."""
    ids = [one.id for one in items]
    known_episodes, intents = _by_conversation(_episodes(connection, ids)), _last_intents(connection, ids)
    tags, verdicts = _by_conversation(_tags(connection, ids)), _by_conversation(_verdicts(connection, ids))
    return [
        Told(
            conversation=one,
            episodes=len(known_episodes[one.id]),
            last_intent=intents.get(one.id),
            asked=_asked(known_episodes[one.id]),
            tags=[row.tag for row in tags[one.id]],
            verdicts=[row.verdict for row in verdicts[one.id]],
        )
        for one in items
    ]


def _episodes(connection: Connection, ids: list[str]) -> Sequence[Any]:
    of = episodes.c
    columns = (of.conversation_id, of.handoff_number, of.handoff_reason, of.asked_at, of.answered_at)
    query = select(*columns).where(of.conversation_id.in_(ids)).order_by(of.conversation_id, of.number)
    return list(connection.execute(query))


def _tags(connection: Connection, ids: list[str]) -> Sequence[Any]:
    of = conversation_tags.c
    query = select(of.conversation_id, of.tag).where(of.conversation_id.in_(ids)).order_by(of.tag)
    return list(connection.execute(query))


def _verdicts(connection: Connection, ids: list[str]) -> Sequence[Any]:
    of = reviews.c
    query = select(of.conversation_id, of.verdict).where(of.conversation_id.in_(ids)).order_by(of.at, of.reviewer)
    return list(connection.execute(query))


def _last_intents(connection: Connection, ids: list[str]) -> dict[str, str | None]:
    newest = (
        select(events.c.name)
        .where(events.c.conversation_id == conversations.c.id, events.c.type == "user")
        .order_by(events.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(conversations.c.id, newest).where(conversations.c.id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(query)}


def _by_conversation(rows: Iterable[Any]) -> defaultdict[str, list[Any]]:
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.conversation_id].append(row)
    return found


def _asked(rows: Sequence[Any]) -> Asked | None:
    newest = next((row for row in reversed(rows) if row.asked_at is not None), None)
    if newest is None:
        return None
    seconds = None if newest.answered_at is None else round(newest.answered_at - newest.asked_at)
    return Asked(newest.handoff_number, newest.handoff_reason, seconds)


def _written(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
