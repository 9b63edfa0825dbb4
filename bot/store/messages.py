"""What was said in a conversation, in order: for the widget that was away and for the desk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Row
from sqlalchemy.sql import Select

from bot.store.database import Database
from bot.store.summary import LETTER, PERSON, EventData, confidence_of, intent_of
from bot.store.tables import events

USER, BOT, OF_PERSON = "user", "bot", "person"
RATING = "rate_service"


@dataclass(frozen=True)
class StoredMessage:
    """One message. ``seq`` is the id of its event, ``sent_at`` seconds since 1970.

    ``author`` is "user", "bot" or "person". Buttons are those of Rasa, ``{"title", "payload"}``. ``response`` is what
    the bot's words are called in data/responses, ``intent`` and ``confidence`` how a user's message was understood.
    ``message_id`` is what its sender called a user's message. ``agent`` is the name of the person who wrote,
    ``letter`` what the desk calls a line that it caused. ``stars`` are what a user's message gave, and ``rates`` whom:
    "bot" or "person", None where the stars were typed.
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
    agent: str | None = None
    letter: str | None = None
    stars: int | None = None
    rates: str | None = None


async def messages_after(
    database: Database, conversation_id: str, after: int = 0, limit: int = 200
) -> list[StoredMessage]:
    """The next messages of a conversation behind a ``seq``, at most ``limit``, oldest first."""
    query = _said(conversation_id).where(events.c.id > after).order_by(events.c.id).limit(limit)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [_message(row) for row in rows]


async def last_messages(
    database: Database, conversation_id: str, limit: int = 200, before: int | None = None
) -> list[StoredMessage]:
    """The newest messages of a conversation, or those before a ``seq``, at most ``limit``, oldest first."""
    query = _said(conversation_id).order_by(events.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(events.c.id < before)
    rows = await database.read(lambda connection: connection.execute(query).all())
    return [_message(row) for row in reversed(rows)]


def _said(conversation_id: str) -> Select:
    is_message = events.c.type.in_((USER, BOT))
    return select(events.c.id, events.c.data).where(events.c.conversation_id == conversation_id, is_message)


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
            **_rating(event),
        )
    metadata = event.get("metadata") or {}
    return StoredMessage(
        **said,
        author=OF_PERSON if metadata.get("author") == PERSON else BOT,
        buttons=tuple((event.get("data") or {}).get("buttons") or ()),
        response=metadata.get("utter_action"),
        agent=metadata.get("agent"),
        letter=metadata.get(LETTER),
    )


def _rating(event: EventData) -> dict[str, Any]:
    if intent_of(event) != RATING:
        return {}
    found = {entity["entity"]: entity["value"] for entity in (event.get("parse_data") or {}).get("entities") or ()}
    if found.get("stars") is None:
        return {}
    # Typed stars do not say whom they rate.
    return {"stars": int(found["stars"]), "rates": found.get("rates")}
