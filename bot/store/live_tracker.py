"""A tracker that stays quick however long its conversation gets."""

from __future__ import annotations

import copy
import dataclasses
from collections import deque
from collections.abc import Iterator
from typing import Any

from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    AllSlotsReset,
    ConversationPaused,
    ConversationResumed,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from bot.store.summary import EventData

# At least so many events are kept, and whole turns: the actions look at the turn before the present one, the rules not
# even that, and a turn has about ten events.
KEPT_EVENTS = 40
# Actions whose states the rules are compared with; the longest rule has fewer.
KEPT_STATES = 10
# What of the turns before still decides how the conversation goes on.
STATE_EVENTS = (SlotSet, AllSlotsReset, ActiveLoop, ConversationPaused, ConversationResumed)
_TAKE_BACK = (UserUtteranceReverted, ActionReverted)


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
        # Before the event is applied: one that takes back a turn replays those that still count.
        self._applied, self._states = None, {}
        super().update(event, domain)
        self._recorded.append(_Recorded(event))

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
        """Rasa's own; all events, which the custom actions get, are not written out anew."""
        if event_verbosity is not EventVerbosity.ALL:
            state: dict[str, Any] = super().current_state(event_verbosity)
            return state
        return {
            "sender_id": self.sender_id,
            "slots": self.current_slot_values(),
            "latest_message": self._latest_message_data(),
            "latest_event_time": self.events[-1].timestamp if self.events else None,
            "followup_action": self.followup_action,
            "paused": self.is_paused(),
            "events": self.event_data(),
            "latest_input_channel": self.get_latest_input_channel(),
            # Not dataclasses.asdict as in Rasa's: it copies the message that began the loop, all its ranking included.
            "active_loop": dict(vars(self.active_loop)) if self.active_loop else {},
            "latest_action": self.latest_action,
            "latest_action_name": self.latest_action_name,
        }

    def event_data(self, start: int = 0) -> list[EventData]:
        """The events from that place on as dictionaries, which nobody may change."""
        return [recorded.as_dict() for recorded in list(self._recorded)[start:]]

    def forget_old_turns(self) -> None:
        """Drop former sessions and what lies before the last turns, but for what still decides how it goes on."""
        session = start_of_session(list(self.events))
        events, recorded = list(self.events)[session:], list(self._recorded)[session:]
        start = start_of_last_turns(events)
        old = places_of_state(events[:start], self.applied_events()) if start else []
        kept = [*old, *range(start, len(events))]
        if len(kept) == len(self.events):
            return
        self.events = deque((events[place] for place in kept), self.events.maxlen)
        self._recorded = deque(recorded[place] for place in kept)
        self.stored_events = len(kept)
        self._applied, self._states = None, {}


def start_of_session(events: list[Event]) -> int:
    """Where the present session begins."""
    starts = (place for place in range(len(events) - 1, -1, -1) if isinstance(events[place], SessionStarted))
    return next(starts, 0)


def start_of_last_turns(events: list[Event]) -> int:
    """Where the last turns of a session begin, with a message that still counts. 0 where they are all there is."""
    for place in range(len(events) - KEPT_EVENTS, 0, -1):
        if isinstance(events[place], UserUttered) and not _may_be_taken_back(events, place):
            return place
    return 0


def _may_be_taken_back(events: list[Event], place: int) -> bool:
    """Whether later events may have taken back the message at that place: then what came before it counts again."""
    messages = 0
    for event in events[place + 1 :]:
        messages += isinstance(event, UserUttered) - isinstance(event, _TAKE_BACK)
        if messages < 0:
            return True
    return False


def places_of_state(events: list[Event], applied: list[Event]) -> list[int]:
    """Where the events lie that still decide: the newest of each slot, the loop, whether a person speaks, what the bot
    did last. A slot of a turn that was taken back, and so is not applied, decides nothing.
    """
    counting = {id(event) for event in applied}
    newest: dict[tuple[type[Event], str | None], int] = {}
    for place, event in enumerate(events):
        if isinstance(event, Restarted):
            newest.clear()
        elif isinstance(event, ActionExecuted) or (isinstance(event, STATE_EVENTS) and id(event) in counting):
            newest[type(event), event.key if isinstance(event, SlotSet) else None] = place
    return sorted(newest.values())


def _tail(applied: list[Event]) -> int:
    """Where the last actions begin whose states the rules are compared with."""
    actions = [place for place, event in enumerate(applied) if isinstance(event, ActionExecuted)]
    return actions[-KEPT_STATES] if len(actions) > KEPT_STATES else 0
