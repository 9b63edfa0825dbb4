"""Events of Rasa as rows of the table, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

from bot.store.summary import LETTER, EventData, intent_of


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


def events_of(texts: Iterable[str]) -> list[Event]:
    """The events of the column ``data``, in the same order. Raises KeyError for a type that Rasa does not know."""
    types = _types()
    parsed = (json.loads(text) for text in texts)
    return [types[data["event"]]._from_parameters(data) for data in parsed]


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


@lru_cache(maxsize=1)
def _types() -> dict[str, type[Event]]:
    """Each type by its name; Rasa's own way of reading looks through all of them for each event."""
    # The first of a name wins: Rasa's own tests derive further classes from these.
    return {event_class.type_name: event_class for event_class in reversed(all_subclasses(Event))}
