"""The rules of a case: how urgent it is, until when an answer is promised, and which state may follow which."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.cases.payloads import Case, CaseChange, State
from bot.desk.errors import ConflictError
from bot.desk.handoffs.packet import Packet
from bot.desk.handoffs.payloads import FRAUD_PRIORITY, USUAL_PRIORITY, EventKind, HandoffEvent
from bot.desk.hours.hours import Hours

# Of service time: a night does not count.
FRAUD_PROMISE, USUAL_PROMISE = timedelta(hours=1), timedelta(hours=8)

# A resolved case stays so: its conversation has been told, and a user who comes back asks anew.
NEXT_STATES = {
    State.OPEN: (State.IN_PROGRESS,),
    State.IN_PROGRESS: (State.RESOLVED,),
    State.RESOLVED: (),
}


def open_case(packet: Packet, hours: Hours, why: str | None, now: datetime) -> Case:
    """Make the case of a hand-off, with the time by which the user is promised an answer."""
    promise = FRAUD_PROMISE if packet.is_fraud else USUAL_PROMISE
    return Case(
        state=State.OPEN,
        owner=None,
        priority=FRAUD_PRIORITY if packet.is_fraud else USUAL_PRIORITY,
        why=why,
        created_at=now,
        updated_at=now,
        due_at=hours.after_service_time(now, promise),
        resolved_at=None,
    )


def change_case(case: Case, change: CaseChange, actor: str, now: datetime) -> tuple[Case, list[HandoffEvent]]:
    """Return the changed case and what to write into its history, which is nothing if nothing is new.

    Raises:
        ConflictError: when the wanted state may not follow the present one.
    """
    events = []
    changed = case
    if change.state is not None and change.state is not case.state:
        changed = _in_state(changed, change.state, now)
        events.append(HandoffEvent(now, actor, EventKind.STATE, case.state.value, change.state.value))
    if (change.owner is not None or change.release) and change.owner != case.owner:
        changed = replace(changed, owner=change.owner)
        events.append(HandoffEvent(now, actor, EventKind.OWNER, case.owner, change.owner))
    if change.note is not None:
        events.append(HandoffEvent(now, actor, EventKind.NOTE, None, change.note))
    return (replace(changed, updated_at=now), events) if events else (case, [])


def _in_state(case: Case, state: State, now: datetime) -> Case:
    allowed = NEXT_STATES[case.state]
    if state not in allowed:
        raise ConflictError(
            f"a case that is {case.state.value} cannot become {state.value}",
            {
                "text_name": "not_possible_now",
                "state": case.state.value,
                "allowed": [next_state.value for next_state in allowed],
            },
        )
    return replace(case, state=state, resolved_at=now if state is State.RESOLVED else None)
