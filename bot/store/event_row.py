"""An event as a row of the table. Pure, and without Rasa: whoever writes conversations writes them so."""

from __future__ import annotations

import json
from typing import Any

from bot.store.summary import LETTER, EventData, intent_of

LOGIN = "login"  # in the metadata of a message: what somebody is registered with, for the one turn that needs it


def row_of(conversation_id: str, event: EventData) -> dict[str, Any]:
    """A row without its id. ``name`` is the intent of a message, the name of an action or a slot."""
    is_message = event["event"] == "user"
    return {
        "conversation_id": conversation_id,
        "type": event["event"],
        "name": intent_of(event) if is_message else event.get("name"),
        "at": event["timestamp"],
        "data": _json(event),
        "message_id": event.get("message_id") if is_message else _letter_of(event),
    }


def _letter_of(event: EventData) -> str | None:
    letter = (event.get("metadata") or {}).get(LETTER) if event["event"] == "bot" else None
    return str(letter) if letter else None


# json.dumps makes an encoder for each call.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _json(event: EventData) -> str:
    text = _encode(event)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Half a surrogate pair, which no database stores as it is.
        return json.dumps(event)
    return text
