"""Events as the text that the store keeps, fast: most differ from others of their kind in their time alone."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from bot.store.event_row import row_of
from bot.store.summary import EventData

# What tells such an event from another besides its time.
_ALIKE = {
    "action": ("name", "policy", "confidence"),
    "followup": ("name",),
    "active_loop": ("name",),
    "action_execution_rejected": ("name",),
    "user_featurization": (),
    "session_started": (),
    "pause": (),
    "resume": (),
}
COLUMNS = ("conversation_id", "type", "name", "at", "data", "message_id")
_in_order = itemgetter(*COLUMNS)
_WITHOUT_VALUES = {"condition", "utter_action", "template", "model_id", "assistant_id"}  # what each line of the bot has
_TIME = 0.5  # stands for the time in what is remembered


class EventTexts:
    """Writes events as rows; what comes before and after the time is remembered of those that are alike."""

    def __init__(self) -> None:
        self._around: dict[tuple[object, ...], tuple[str, str]] = {}

    def row(self, conversation_id: str, event: EventData) -> tuple[Any, ...]:
        """The same row as the bot's own, in the order of ``COLUMNS``."""
        key = _alike(event)
        if key is None:
            row: tuple[Any, ...] = _in_order(row_of(conversation_id, event))
            return row
        around = self._around.get(key)
        if around is None:
            around = self._around[key] = _around_time(event)
        at = event["timestamp"]
        return conversation_id, event["event"], event.get("name"), at, f"{around[0]}{at!r}{around[1]}", None


def _alike(event: EventData) -> tuple[object, ...] | None:
    """What an event has in common with all that differ from it in their time alone; None where there are none."""
    kind = event["event"]
    names = _ALIKE.get(kind)
    if names is not None:
        return (kind, *(event[name] for name in names))
    if kind == "slot" and isinstance(event["value"], str | None):
        return kind, event["name"], event["value"]
    if kind == "bot" and event["metadata"].keys() == _WITHOUT_VALUES:
        return kind, event["metadata"]["utter_action"], event["text"]
    return None


def _around_time(event: EventData) -> tuple[str, str]:
    text = str(row_of("", {**event, "timestamp": _TIME})["data"])
    head, _, tail = text.partition(f'"timestamp": {_TIME!r}')
    return f'{head}"timestamp": ', tail
