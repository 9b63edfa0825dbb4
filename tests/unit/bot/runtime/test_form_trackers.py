"""A form's copy of the tracker holds what Rasa's replay of it holds."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.actions.forms import FormAction
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import EventVerbosity

from bot.runtime.form_trackers import _temporary_tracker
from bot.store.live_tracker import LiveTracker
from tests.unit.bot.store.talk import FORM, domain

BEGUN: list[Event] = [
    ActionExecuted("action_session_start"),
    SessionStarted(),
    ActionExecuted("action_listen"),
    UserUttered("付款失败了", {"name": "payment_failure", "confidence": 0.9}),
    SlotSet("language", "zh"),
    ActionExecuted("action_start_payment"),
]
ASKED: list[Event] = [
    ActionExecuted(FORM),
    ActiveLoop(FORM),
    SlotSet("requested_slot", "step_result"),
    BotUttered("现在可以了吗？"),
    ActionExecuted("action_listen"),
    UserUttered("好", {"name": "affirm", "confidence": 0.9}),
    SlotSet("step_result", "yes"),
]
# Taken at import, before a server in this process may have put the copy in its place.
RASAS_OWN = FormAction._temporary_tracker


@pytest.mark.parametrize("events", [BEGUN, BEGUN + ASKED], ids=["at its beginning", "answered"])
@pytest.mark.parametrize("found", [[], [SlotSet("step_result", "done")]], ids=["nothing found", "an answer found"])
def test_it_holds_the_same(events: list[Event], found: list[Event]) -> None:
    form, tracker = FormAction(FORM, None), LiveTracker.from_events("c", events, domain().slots)
    ours = _temporary_tracker(form, tracker, found, domain())
    expected = RASAS_OWN(form, tracker, found, domain())
    assert _state(ours) == _state(expected)


def test_the_tracker_itself_stays_as_it_is() -> None:
    form, tracker = FormAction(FORM, None), LiveTracker.from_events("c", BEGUN + ASKED, domain().slots)
    before = _state(tracker)
    _temporary_tracker(form, tracker, [SlotSet("step_result", "done"), SlotSet("language", "en")], domain())
    assert _state(tracker) == before


def _state(tracker: Any) -> dict[str, Any]:
    state: dict[str, Any] = tracker.current_state(EventVerbosity.ALL)
    events = [{name: value for name, value in event.items() if name != "timestamp"} for event in state["events"]]
    return {**state, "events": events, "latest_event_time": None}
