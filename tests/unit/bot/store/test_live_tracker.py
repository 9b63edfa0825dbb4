"""A live tracker says of a conversation what Rasa's own says of it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings, strategies
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, Restarted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.turn import Turn
from bot.store.live_tracker import KEPT_EVENTS, KEPT_STATES, LiveTracker
from tests.unit.bot.store.talk import (
    FORM,
    TURNS,
    conversation,
    domain,
    featurized,
    handed_over,
    kinds_of_turns,
    person_left,
    question,
    recorded,
    said,
    session,
    slots_forgotten,
    solved,
    state_of,
    step,
    taken_back,
    talk_with_a_person,
    turn,
    walkthrough,
    written,
)


def live(events: list[Event]) -> LiveTracker:
    tracker: LiveTracker = LiveTracker.from_events("conversation-1", events, domain().slots)
    tracker.stored_events = len(events)
    return tracker


def stock(events: list[Event]) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("conversation-1", events, domain().slots)


def forgotten(events: list[Event]) -> LiveTracker:
    """A tracker that has forgotten after each turn what it may."""
    tracker = live([])
    for event in events:
        if isinstance(event, UserUttered):
            store(tracker)
        tracker.update(event)
    store(tracker)
    return tracker


def store(tracker: LiveTracker) -> None:
    tracker.stored_events = len(tracker.events)
    tracker.forget_old_turns()


@given(kinds_of_turns)
@settings(max_examples=60)
def test_the_state_is_that_of_rasas_tracker(kinds: Any) -> None:
    events = conversation(kinds)
    tracker = live(events)
    assert state_of(tracker) == state_of(stock(events))
    assert tracker.applied_events() == stock(events).applied_events()


@given(kinds_of_turns)
@settings(max_examples=30)
def test_looking_between_events_changes_nothing(kinds: Any) -> None:
    tracker = live([])
    for event in conversation(kinds):
        tracker.update(event)
        tracker.applied_events()
        tracker.past_states(domain())
    assert state_of(tracker) == state_of(stock(list(tracker.events)))


@given(kinds_of_turns)
@settings(max_examples=40)
def test_past_states_are_the_last_ones_of_rasas_tracker(kinds: Any) -> None:
    events = conversation(kinds)
    states = live(events).past_states(domain())
    expected = stock(events).past_states(domain())
    assert states == expected[-(KEPT_STATES + 1) :]


@given(kinds_of_turns)
@settings(max_examples=40)
def test_a_copy_is_what_rasas_own_copy_is(kinds: Any) -> None:
    events = conversation(kinds)
    duplicate = live(events).copy()
    assert isinstance(duplicate, LiveTracker)
    assert state_of(duplicate) == state_of(stock(events).copy())
    assert list(duplicate.events) == events


def test_a_copy_shares_nothing_that_changes() -> None:
    tracker = live(conversation([walkthrough]))
    before = (state_of(tracker), list(tracker.events), tracker.past_states(domain()), tracker.event_data())
    duplicate = tracker.copy()
    for event in recorded([question(), [SlotSet("walkthrough", {"topic": "other"})]]):
        duplicate.update(event)
    duplicate.past_states(domain())
    duplicate.followup_action = "action_listen"
    assert (state_of(tracker), list(tracker.events), tracker.past_states(domain()), tracker.event_data()) == before
    assert duplicate.event_data()[: len(tracker.events)] == tracker.event_data()


def test_states_that_a_caller_changes_are_not_given_out_again() -> None:
    tracker = live(conversation([walkthrough]))
    before = tracker.past_states(domain())
    changed = tracker.past_states(domain())
    changed[-1]["prev_action"]["action_name"] = "changed"
    changed.clear()
    assert tracker.past_states(domain()) == before


def test_what_the_actions_get_is_what_rasas_tracker_gives_them() -> None:
    events = conversation([walkthrough, question, taken_back, handed_over])
    for verbosity in EventVerbosity:
        assert live(events).current_state(verbosity) == stock(events).current_state(verbosity)


@given(kinds_of_turns)
@settings(max_examples=60)
def test_forgetting_old_turns_keeps_the_state(kinds: Any) -> None:
    events = conversation(kinds)
    assert state_of(forgotten(events)) == state_of(stock(events))


def _runs_no_form_that_is_closed(events: list[Event]) -> bool:
    """Whether every form that runs is open or opens: any other Rasa takes for one because it was open once."""
    is_open = False
    for event, following in pairwise(events):
        if isinstance(event, (SessionStarted, Restarted)):
            is_open = False
        elif isinstance(event, ActiveLoop):
            is_open = event.name is not None
        elif isinstance(event, ActionExecuted) and event.action_name == FORM and not is_open:
            opens = isinstance(following, ActiveLoop)
            if not opens:
                return False
    return True


@given(kinds_of_turns)
@settings(max_examples=100, suppress_health_check=[HealthCheck.filter_too_much])
def test_what_is_kept_leads_to_the_same_state_again(kinds: Any) -> None:
    events = conversation(kinds)
    assume(_runs_no_form_that_is_closed(events))
    tracker = forgotten(events)
    assert state_of(live(list(tracker.events))) == state_of(stock(events))
    assert tracker.stored_events == len(tracker.events) == len(tracker.event_data())


def test_a_long_conversation_stays_short_whatever_it_is_made_of() -> None:
    for kind in TURNS:
        tracker = forgotten(conversation([walkthrough, *[kind, turn] * 50]))
        assert len(tracker.events) <= 2 * KEPT_EVENTS, kind


def test_a_long_talk_with_a_person_stays_short_and_the_bot_takes_over_again() -> None:
    events = conversation([handed_over, *[talk_with_a_person] * 50, person_left])
    tracker = forgotten(events)
    assert len(tracker.events) <= KEPT_EVENTS + 10
    assert live(list(tracker.events)).latest_action_name == "action_listen"
    assert not tracker.is_paused()


def test_the_last_turn_is_kept_whole_however_long_it_was() -> None:
    long_turn = [said("说说"), *(written(str(number)) for number in range(2 * KEPT_EVENTS))]
    events = recorded([session(), *(turn() for _ in range(20)), long_turn])
    tracker = forgotten(events)
    assert list(tracker.events)[-len(long_turn) :] == long_turn


def test_a_slot_that_was_forgotten_with_all_others_stays_forgotten_and_the_loop_open() -> None:
    tracker = forgotten(conversation([walkthrough, slots_forgotten, *[turn] * 20]))
    again = live(list(tracker.events))
    assert again.get_slot("walkthrough") is None
    assert again.active_loop_name == FORM


def test_a_slot_set_in_a_turn_that_was_taken_back_is_not_kept() -> None:
    again = live(list(forgotten(conversation([taken_back, *[turn] * 20])).events))
    assert again.get_slot("feedback") is None


@given(strategies.lists(strategies.sampled_from([turn, walkthrough, step, question, solved, featurized]), max_size=30))
@settings(max_examples=30)
def test_the_actions_see_of_the_turn_before_what_they_see_in_a_whole_conversation(kinds: Any) -> None:
    events = conversation([*kinds, lambda: [said("再说一遍", "repeat")]])
    seen = [
        (at.text, at.intent_before(), at.language_before(), at.bot_said_last(), at.lines_last(), at.bot_said_now())
        for at in map(as_an_action_sees_it, (forgotten(events), stock(events)))
    ]
    assert seen[0] == seen[1]


def as_an_action_sees_it(tracker: DialogueStateTracker) -> Turn:
    return Turn(Tracker.from_dict(tracker.current_state(EventVerbosity.ALL)), CollectingDispatcher())
