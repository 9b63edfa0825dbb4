"""A tracker that stays quick however long its conversation gets."""

from __future__ import annotations

import copy
import dataclasses
from collections import deque
from collections.abc import Iterator
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    AllSlotsReset,
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.store.summary import EventData

# Events of past turns that are kept: the actions look back two turns, the rules one, and a turn has about ten events.
KEPT_EVENTS = 40
# Actions whose states the rules are compared with; the longest rule has fewer.
KEPT_STATES = 10
# What of the turns before still decides how the conversation goes on.
STATE_EVENTS = (SlotSet, ActiveLoop, ConversationPaused, ConversationResumed)
_FRESH_STARTS = (SessionStarted, Restarted, AllSlotsReset)


class _Recorded:
    """An event, and its dictionary from the first time somebody wants it."""

    __slots__ = ("_data", "_event")

    def __init__(self, event: Event) -> None:
        self._event = event
        self._data: EventData | None = None

    def as_dict(self) -> EventData:
        if self._data is None:
            self._data = self._event.as_dict()
        return self._data


class LiveTracker(DialogueStateTracker):  # type: ignore[misc]
    """Rasa's tracker with copies that replay nothing, events written out once, and a short memory.

    ``stored_events`` counts the leading events that the store holds, ``last_event_id`` is the id of the newest of them.
    """

    events: deque[Event]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._recorded: deque[_Recorded] = deque()
        self._applied: list[Event] | None = None
        self._states: dict[tuple[bool, bool], list[State]] = {}
        self.stored_events = 0
        self.last_event_id = 0
        super().__init__(*arguments, **named)

    def update(self, event: Event, domain: Domain | None = None) -> None:
        """Add an event and apply it."""
        super().update(event, domain)
        self._recorded.append(_Recorded(event))
        self._applied, self._states = None, {}

    def copy(self) -> LiveTracker:
        """A duplicate with the same state; Rasa's own replays all events for it."""
        duplicate = LiveTracker.__new__(LiveTracker)
        duplicate.__dict__.update(self.__dict__)
        duplicate.events = self.events.copy()
        duplicate.slots = {name: copy.copy(slot) for name, slot in self.slots.items()}
        duplicate.active_loop = dataclasses.replace(self.active_loop) if self.active_loop else None
        duplicate._recorded = self._recorded.copy()
        return duplicate

    def applied_events(self) -> list[Event]:
        """Rasa's applied events, found once for each state of the conversation."""
        if self._applied is None:
            self._applied = super().applied_events()
        return self._applied.copy()

    def past_states(
        self,
        domain: Domain,
        omit_unset_slots: bool = False,
        ignore_rule_only_turns: bool = False,
        rule_only_data: dict[str, Any] | None = None,
    ) -> list[State]:
        """Rasa's states after the last actions; the rules want them twice, for an intent and for a text."""
        key = (omit_unset_slots, ignore_rule_only_turns)
        if key not in self._states:
            self._states[key] = super().past_states(domain, *key, rule_only_data)
        return [{name: dict(part) for name, part in state.items()} for state in self._states[key]]

    def generate_all_prior_trackers(self) -> Iterator[tuple[DialogueStateTracker, bool]]:
        """The tracker before each of the last actions and as it is now; Rasa's own begins with the first action."""
        applied = self.applied_events()
        tracker = DialogueStateTracker(self.sender_id, self.slots.values())
        for event in applied[: (start := _tail(applied))]:
            event.apply_to(tracker)
        for event in applied[start:]:
            if isinstance(event, ActionExecuted):
                yield tracker, event.hide_rule_turn
            event.apply_to(tracker)
        yield tracker, False

    def current_state(self, event_verbosity: EventVerbosity = EventVerbosity.NONE) -> dict[str, Any]:
        """Rasa's own, with events that are not written out anew."""
        if event_verbosity is not EventVerbosity.ALL:
            state: dict[str, Any] = super().current_state(event_verbosity)
            return state
        return {**super().current_state(EventVerbosity.NONE), "events": self.event_data()}

    def event_data(self, start: int = 0) -> list[EventData]:
        """The events from that place on as dictionaries, which nobody may change."""
        return [recorded.as_dict() for recorded in list(self._recorded)[start:]]

    def forget_old_turns(self) -> None:
        """Drop what lies before the last turns, but for what still decides how the conversation goes on."""
        events = list(self.events)
        start = start_of_last_turns(events)
        if start == 0:
            return
        kept = [*places_of_state(events[:start]), *range(start, len(events))]
        if len(kept) == len(events):
            return
        recorded = list(self._recorded)
        self.events = deque((events[place] for place in kept), self.events.maxlen)
        self._recorded = deque(recorded[place] for place in kept)
        self.stored_events = len(kept)
        self._applied, self._states = None, {}


def start_of_last_turns(events: list[Event]) -> int:
    """Where the last turns begin: with the action_listen before a message. 0 where they are all there is."""
    for place in range(len(events) - KEPT_EVENTS, 0, -1):
        if isinstance(events[place], UserUttered) and _is_listen(events[place - 1]):
            return place - 1
    return 0


def places_of_state(events: list[Event]) -> list[int]:
    """Where the events lie that still decide: the newest of each slot, the loop, whether a person speaks."""
    newest: dict[tuple[type[Event], str | None], int] = {}
    for place, event in enumerate(events):
        if isinstance(event, _FRESH_STARTS):
            newest.clear()
        elif isinstance(event, STATE_EVENTS):
            newest[type(event), event.key if isinstance(event, SlotSet) else None] = place
    return sorted(newest.values())


def _tail(applied: list[Event]) -> int:
    """Where the last actions begin whose states the rules are compared with."""
    actions = [place for place, event in enumerate(applied) if isinstance(event, ActionExecuted)]
    return actions[-KEPT_STATES] if len(actions) > KEPT_STATES else 0


def _is_listen(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
