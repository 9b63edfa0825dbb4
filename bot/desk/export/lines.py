"""The events of conversations, one a line: named field by field, so that nothing internal goes out unawares."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.engine import Connection

from bot.desk.clock import write_moment
from bot.desk.export.walk import Read, pages_of
from bot.desk.pages.personal import is_personal, mask_personal
from bot.desk.web.filters import mask
from bot.store.conversation_filter import ConversationFilter
from bot.store.summary import PERSON, EventData, confidence_of, intent_of
from bot.store.tables import events

# So many conversations are read at once, and of them no more than so many events.
CONVERSATIONS, EVENTS = 20, 1000

Place = tuple[str, int]


async def lines_of(read: Read, wanted: ConversationFilter, now: float) -> AsyncIterator[str]:
    """The lines, some hundred a piece; those of a conversation stand together, oldest first."""
    async for page in pages_of(read, wanted, now):
        for start in range(0, len(page.items), CONVERSATIONS):
            users = {one.id: one.user_id for one in page.items[start : start + CONVERSATIONS]}
            place: Place | None = None
            while True:

                def look(connection: Connection, after: Place | None = place) -> tuple[str, Place | None]:
                    return _piece(connection, users, after)  # noqa: B023 - read before the next ones are looked at

                text, place = await read(look)
                yield text
                if place is None:
                    break


def line_of(conversation_id: str, seq: int, event: EventData, user_id: str | None) -> dict[str, Any]:
    """What an event tells, masked; of a kind that is not known here only that it happened."""

    def masked(value: Any, name: str = "") -> Any:
        if isinstance(value, str):
            return mask(value) if is_personal(name) else mask_personal(value, user_id)
        if isinstance(value, dict):
            return {key: masked(each, key) for key, each in value.items()}
        return [masked(each, name) for each in value] if isinstance(value, list) else value

    kind = str(event.get("event"))
    told = _TOLD[kind](event) if kind in _TOLD else {}
    moment = datetime.fromtimestamp(float(event["timestamp"]), timezone.utc)
    kept = {name: masked(value, name) for name, value in told.items() if value not in (None, [], ())}
    return {"conversation_id": conversation_id, "seq": seq, "at": write_moment(moment), "type": kind, **kept}


def _piece(connection: Connection, users: Mapping[str, str | None], after: Place | None) -> tuple[str, Place | None]:
    place = (events.c.conversation_id, events.c.id)
    query = select(*place, events.c.data).where(events.c.conversation_id.in_(users)).order_by(*place).limit(EVENTS)
    if after is not None:
        query = query.where(tuple_(*place) > after)
    rows = connection.execute(query).all()
    told = (line_of(row.conversation_id, row.id, json.loads(row.data), users[row.conversation_id]) for row in rows)
    # Half a surrogate pair is written as JSON escapes it.
    text = (
        "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in told).encode(errors="backslashreplace").decode()
    )
    return text, (rows[-1].conversation_id, rows[-1].id) if len(rows) == EVENTS else None


def _user(event: EventData) -> dict[str, Any]:
    parsed = event.get("parse_data") or {}
    return {
        "author": "user",
        "text": event.get("text"),
        "channel": event.get("input_channel"),
        "language": parsed.get("language"),
        "intent": intent_of(event),
        "confidence": confidence_of(event),
        "ranking": parsed.get("intent_ranking"),
        "entities": [
            {str(each.get("entity")): each.get("value")}
            for each in parsed.get("entities") or ()
            if each.get("entity") != "language"
        ],
        **_model(event),
    }


def _bot(event: EventData) -> dict[str, Any]:
    metadata, data = event.get("metadata") or {}, event.get("data") or {}
    return {
        "author": "person" if metadata.get("author") == PERSON else "bot",
        "agent": metadata.get("agent"),
        "text": event.get("text"),
        "response": metadata.get("utter_action"),
        "buttons": [button.get("title") for button in data.get("buttons") or ()],
        **_model(event),
    }


def _slot(event: EventData) -> dict[str, Any]:
    return {"name": event.get("name"), "value": event.get("value")}


def _action(event: EventData) -> dict[str, Any]:
    return {**_named(event), "policy": event.get("policy"), "confidence": event.get("confidence"), **_model(event)}


def _named(event: EventData) -> dict[str, Any]:
    return {"name": event.get("name")}


def _model(event: EventData) -> dict[str, Any]:
    return {"model": (event.get("metadata") or {}).get("model_id")}


_TOLD: dict[str, Callable[[EventData], dict[str, Any]]] = {
    "user": _user,
    "bot": _bot,
    "slot": _slot,
    "action": _action,
    "action_execution_rejected": _named,
    "active_loop": _named,
    "followup": _named,
}
