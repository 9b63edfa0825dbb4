"""What was said in a conversation, in order: for the widget that was away and for the desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row

from bot.store.database import Database
from bot.store.summary import PERSON, confidence_of, intent_of
from bot.store.tables import events

USER, BOT, OF_PERSON = "user", "bot", "person"


@dataclass(frozen=True)
class StoredMessage:
    """One message. ``seq`` is the id of its event, ``sent_at`` seconds since 1970.

    ``author`` is "user", "bot" or "person". Buttons are those of Rasa, ``{"title", "payload"}``. ``response`` is what
    the bot's words are called in data/responses, ``intent`` and ``confidence`` how a user's message was understood.
    ``message_id`` is what its sender called a user's message.
    """

    seq: int
    author: str
    text: str | None
    sent_at: float
    buttons: tuple[dict[str, Any], ...] = ()
    response: str | None = None
    intent: str | None = None
    confidence: float | None = None
    message_id: str | None = None


async def messages_after(
    database: Database, conversation_id: str, after: int = 0, limit: int = 200
) -> list[StoredMessage]:
    """The next messages of a conversation behind a ``seq``, at most ``limit``, oldest first."""
    query = (
        select(events.c.id, events.c.data)
        .where(events.c.conversation_id == conversation_id, events.c.id > after, events.c.type.in_((USER, BOT)))
        .order_by(events.c.id)
        .limit(limit)
    )
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [_message(row) for row in rows]


def _message(row: Row) -> StoredMessage:
    event = json.loads(row.data)
    said = {"seq": row.id, "text": event.get("text"), "sent_at": event["timestamp"]}
    if event["event"] == USER:
        return StoredMessage(
            **said,
            author=USER,
            intent=intent_of(event),
            confidence=confidence_of(event),
            message_id=event.get("message_id"),
        )
    metadata = event.get("metadata") or {}
    return StoredMessage(
        **said,
        author=OF_PERSON if metadata.get("author") == PERSON else BOT,
        buttons=tuple((event.get("data") or {}).get("buttons") or ()),
        response=metadata.get("utter_action"),
    )
