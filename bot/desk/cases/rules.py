"""The rules of a case: how urgent it is, until when an answer is promised, and which state may follow which."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.cases.payloads import Case, CaseChange, CaseEvent, EventKind, Handoff, Reason, State
from bot.desk.errors import ConflictError

FRAUD_PRIORITY, USUAL_PRIORITY = 0, 1
FRAUD_PROMISE, USUAL_PROMISE = timedelta(hours=1), timedelta(hours=24)

# A resolved case is taken up again when the user comes back with it.
NEXT_STATES = {
    State.OPEN: (State.IN_PROGRESS,),
    State.IN_PROGRESS: (State.RESOLVED,),
    State.RESOLVED: (State.IN_PROGRESS,),
}


def is_fraud(handoff: Handoff) -> bool:
    """Tell whether money may be leaving the user's account while the case waits."""
    return handoff.reason is Reason.FRAUD


def open_case(handoff: Handoff, now: datetime) -> Case:
    """Make the case of a hand-off, with the time by which the user has been promised an answer."""
    fraud = is_fraud(handoff)
    return Case(
        handoff=handoff,
        state=State.OPEN,
        owner=None,
        priority=FRAUD_PRIORITY if fraud else USUAL_PRIORITY,
        created_at=now,
        updated_at=now,
        due_at=handoff.requested_at + (FRAUD_PROMISE if fraud else USUAL_PROMISE),
        resolved_at=None,
    )


def change_case(case: Case, change: CaseChange, actor: str, now: datetime) -> tuple[Case, list[CaseEvent]]:
    """Return the changed case and what to write into its history, which is nothing if nothing is new.

    Raises:
        ConflictError: when the wanted state may not follow the present one.
    """
    events = []
    changed = case
    if change.state is not None and change.state is not case.state:
        changed = _in_state(changed, change.state, now)
        events.append(CaseEvent(now, actor, EventKind.STATE, case.state.value, change.state.value))
    if (change.owner is not None or change.release) and change.owner != case.owner:
        changed = replace(changed, owner=change.owner)
        events.append(CaseEvent(now, actor, EventKind.OWNER, case.owner, change.owner))
    if change.note is not None:
        events.append(CaseEvent(now, actor, EventKind.NOTE, None, change.note))
    return (replace(changed, updated_at=now), events) if events else (case, [])


def _in_state(case: Case, state: State, now: datetime) -> Case:
    allowed = NEXT_STATES[case.state]
    if state not in allowed:
        raise ConflictError(
            f"a case that is {case.state.value} cannot become {state.value}",
            {"state": case.state.value, "allowed": [next_state.value for next_state in allowed]},
        )
    return replace(case, state=state, resolved_at=now if state is State.RESOLVED else None)
