"""Events of Rasa read back from rows of the table."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses


def events_of(texts: Iterable[str]) -> list[Event]:
    """The events of the column ``data``, in the same order. Raises KeyError for a type that Rasa does not know."""
    types = _types()
    parsed = (json.loads(text) for text in texts)
    return [types[data["event"]]._from_parameters(data) for data in parsed]


@lru_cache(maxsize=1)
def _types() -> dict[str, type[Event]]:
    """Each type by its name; Rasa's own way of reading looks through all of them for each event."""
    # The first of a name wins: Rasa's own tests derive further classes from these.
    return {event_class.type_name: event_class for event_class in reversed(all_subclasses(Event))}
