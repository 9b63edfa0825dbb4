"""The rules of a case: urgency, promise and states."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from bot.desk.cases.payloads import Case, CaseChange, State
from bot.desk.cases.rules import change_case, open_case
from bot.desk.errors import ConflictError
from bot.desk.handoffs.packet import Packet, Reason
from bot.desk.handoffs.payloads import EventKind
from bot.desk.hours.hours import Hours

NOW = datetime(2026, 3, 1, 8, 31, tzinfo=timezone.utc)
LATER = NOW + timedelta(minutes=10)


ALWAYS = Hours.always()


@pytest.fixture
def case(handed_over: Packet) -> Case:
    return open_case(handed_over, ALWAYS, "nobody", NOW)


def test_a_new_case_is_open_and_nobodys(case: Case) -> None:
    assert (case.state, case.owner, case.resolved_at, case.why) == (State.OPEN, None, None, "nobody")


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.FRAUD])
def test_an_answer_is_promised_within_eight_hours_of_service(handed_over: Packet, reason: Reason) -> None:
    case = open_case(replace(handed_over, reason=reason), ALWAYS, None, NOW)

    assert (case.priority, case.due_at) == (1, NOW + timedelta(hours=8))


def test_fraud_comes_first_and_is_answered_within_the_hour(handed_over: Packet) -> None:
    case = open_case(replace(handed_over, reason=Reason.FRAUD), ALWAYS, None, NOW)

    assert (case.priority, case.due_at) == (0, NOW + timedelta(hours=1))


def test_a_case_goes_from_open_through_progress_to_resolved(case: Case) -> None:
    for state in (State.IN_PROGRESS, State.RESOLVED):
        case, events = change_case(case, CaseChange(state=state), "li", LATER)

        assert (case.state, events[0].text) == (state, state.value)


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        (State.OPEN, State.RESOLVED),
        (State.IN_PROGRESS, State.OPEN),
        (State.RESOLVED, State.OPEN),
        (State.RESOLVED, State.IN_PROGRESS),
    ],
)
def test_no_other_change_of_state_is_allowed(case: Case, state: State, wanted: State) -> None:
    with pytest.raises(ConflictError):
        change_case(replace(case, state=state), CaseChange(state=wanted), "li", LATER)


def test_a_resolved_case_says_since_when_and_stays_so(case: Case) -> None:
    resolved, _ = change_case(replace(case, state=State.IN_PROGRESS), CaseChange(state=State.RESOLVED), "li", LATER)

    assert resolved.resolved_at == LATER
    with pytest.raises(ConflictError):
        change_case(resolved, CaseChange(state=State.IN_PROGRESS), "li", LATER)


def test_what_is_already_so_changes_nothing_and_leaves_no_trace(case: Case) -> None:
    owned = replace(case, owner="li")

    assert change_case(owned, CaseChange(state=State.OPEN, owner="li"), "li", LATER) == (owned, [])


def test_an_owner_can_be_set_and_taken_away(case: Case) -> None:
    owned, _ = change_case(case, CaseChange(owner="li"), "wang", LATER)
    released, events = change_case(owned, CaseChange(release=True), "wang", LATER)

    assert (owned.owner, released.owner) == ("li", None)
    assert (events[0].before, events[0].text) == ("li", None)


def test_every_change_is_told_with_who_and_when(case: Case) -> None:
    change = CaseChange(state=State.IN_PROGRESS, owner="li", note="called back")
    changed, events = change_case(case, change, "wang", LATER)

    assert [event.kind for event in events] == [EventKind.STATE, EventKind.OWNER, EventKind.NOTE]
    assert {(event.actor, event.at) for event in events} == {("wang", LATER)}
    assert changed.updated_at == LATER


def test_a_refused_change_of_state_names_what_is_allowed(case: Case) -> None:
    with pytest.raises(ConflictError) as refused:
        change_case(case, CaseChange(state=State.RESOLVED), "li", LATER)

    assert refused.value.details == {
        "text_name": "not_possible_now",
        "state": "open",
        "allowed": ["in_progress"],
    }
