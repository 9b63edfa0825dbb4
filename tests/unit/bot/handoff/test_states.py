"""What may follow what in a hand-off, and when the bot is silent."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from actions.dialogue import handoff as actions
from bot.handoff.states import ENDED, SERVED, WAITING, Change, IllegalChange, State, after, is_served

# Written out once more: whoever changes the one has to mean the other.
LEGAL = {
    "bot": {"request": "requested"},
    "requested": {
        "queue": "queued",
        "defer": "case",
        "cancel": "cancelled",
        "answer": "requested",
        "resolve": "resolved",
    },
    "queued": {"move": "queued", "claim": "claimed", "defer": "case", "cancel": "cancelled"},
    "claimed": {
        "answer": "active",
        "hold": "on_hold",
        "transfer": "claimed",
        "requeue": "queued",
        "return": "returned",
        "resolve": "resolved",
        "defer": "case",
    },
    "active": {
        "answer": "active",
        "hold": "on_hold",
        "transfer": "claimed",
        "requeue": "queued",
        "return": "returned",
        "resolve": "resolved",
        "defer": "case",
    },
    "on_hold": {
        "answer": "active",
        "resume": "active",
        "transfer": "claimed",
        "requeue": "queued",
        "return": "returned",
        "resolve": "resolved",
        "defer": "case",
    },
    "case": {
        "request": "requested",
        "queue": "queued",
        "answer": "case",
        "resolve": "resolved",
        "cancel": "cancelled",
    },
    "returned": {"request": "requested", "rate": "rated"},
    "resolved": {"request": "requested", "rate": "rated"},
    "rated": {"request": "requested"},
    "cancelled": {"request": "requested"},
}
PAIRS = list(product(State, Change))
# Each of these is told to the user by a line of its own.
LEAVES_A_PERSON = {Change.REQUEUE, Change.RETURN, Change.RESOLVE, Change.DEFER}


@pytest.mark.parametrize(("state", "change"), PAIRS, ids=[f"{state.value}-{change.value}" for state, change in PAIRS])
def test_every_change_leads_where_the_table_says_or_nowhere(state: State, change: Change) -> None:
    expected = LEGAL[state.value].get(change.value)
    if expected is not None:
        assert after(state, change) is State(expected)
        return
    with pytest.raises(IllegalChange) as refusal:
        after(state, change)
    assert (refusal.value.state, refusal.value.change) == (state, change)
    assert str(refusal.value) == f"{change.value} may not follow {state.value}"


def test_a_person_serves_from_the_claim_on_also_on_hold() -> None:
    assert {state.value for state in State if is_served(state)} == {"claimed", "active", "on_hold"}


def test_a_state_is_served_waited_in_or_over_but_never_two_of_them() -> None:
    assert SERVED & WAITING == SERVED & ENDED == WAITING & ENDED == frozenset()
    assert set(State) - SERVED - WAITING - ENDED == {State.BOT, State.CASE}


def test_after_every_end_a_person_can_be_asked_for_anew() -> None:
    assert {after(state, Change.REQUEST) for state in ENDED} == {State.REQUESTED}


@given(lists(sampled_from(Change), max_size=60))
def test_however_a_hand_off_goes_a_person_is_left_only_by_a_change_that_is_told(changes: list[Change]) -> None:
    state = State.BOT
    for change in changes:
        try:
            following = after(state, change)
        except IllegalChange:
            continue
        if is_served(state) and not is_served(following):
            assert change in LEAVES_A_PERSON
        if is_served(following) and not is_served(state):
            assert change is Change.CLAIM
        state = following


@given(lists(sampled_from(Change), max_size=60))
def test_from_wherever_a_hand_off_has_come_it_can_end(changes: list[Change]) -> None:
    state = State.BOT
    for change in changes:
        if change.value in LEGAL[state.value]:
            state = after(state, change)
    reached, found = {state}, [state]
    while found:
        found = [State(name) for state in found for name in LEGAL[state.value].values() if State(name) not in reached]
        reached |= set(found)
    assert reached & ENDED


def test_the_actions_call_states_as_the_bot_does() -> None:
    named = {actions.REQUESTED, actions.QUEUED, actions.CASE, actions.CANCELLED, actions.RATED}
    assert named == {"requested", "queued", "case", "cancelled", "rated"}
    assert set(actions.WAITING) == {state.value for state in WAITING}
    assert set(actions.SERVED) == {state.value for state in SERVED}
    assert set(actions.ENDED) == {state.value for state in ENDED}
    assert set(actions.ANSWERED) == {state.value for state in (State.RETURNED, State.RESOLVED)}


def test_the_actions_record_changes_that_the_bot_knows() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path("actions").rglob("*.py")]
    written = {name for source in sources for name in re.findall(r'"change": "(\w+)"', source)}
    assert written == {"request", "queue", "cancel", "rate"}
    assert written <= {change.value for change in Change}
