"""A patch: a form asks and validates with a copy of the tracker.

Rasa 3.6 builds a new tracker from all events for each question and each validation of a form, which then writes all of
them out for the custom action. The copy of bot/store/live_tracker.py replays nothing and writes each event once: a
tenth of a turn inside a form.
"""

from __future__ import annotations

from rasa.core.actions.forms import FormAction
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SlotSet

from bot.store.live_tracker import LiveTracker


def copy_trackers() -> None:
    """Let every form copy the tracker it is given."""
    FormAction._temporary_tracker = _temporary_tracker


def _temporary_tracker(
    form: FormAction, current_tracker: LiveTracker, additional_events: list[Event], domain: Domain
) -> LiveTracker:
    """Like Rasa's own: what happened so far, the slot that is asked for, the form, and what it has found."""
    tracker = current_tracker.copy()
    asked = SlotSet(REQUESTED_SLOT, form.get_slot_to_fill(current_tracker))
    for event in (asked, ActionExecuted(form.name()), *additional_events):
        tracker.update(event, domain)
    return tracker
