"""How a case and the entries of its history are written into rows and read back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bot.desk.cases.payloads import (
    Case,
    CaseEvent,
    EventKind,
    Finding,
    Handoff,
    Language,
    Reason,
    State,
    Step,
    Transcript,
    to_json,
)
from bot.desk.clock import read_moment


def row_of_case(case: Case) -> dict[str, Any]:
    """Write a case as a row of the cases."""
    fields = {**vars(case.handoff), **vars(case)}
    del fields["handoff"]
    return _columns(fields)


def row_of_event(event: CaseEvent, case_id: int) -> dict[str, Any]:
    """Write an entry of a case's history as a row."""
    return _columns({**vars(event), "case_id": case_id})


def case_of_row(row: Any) -> Case:
    """Read a case from its row."""
    return Case(
        handoff=_handoff_of_row(row),
        state=State(row.state),
        owner=row.owner,
        priority=row.priority,
        created_at=row.created_at,
        updated_at=row.updated_at,
        due_at=row.due_at,
        resolved_at=row.resolved_at,
    )


def event_of_row(row: Any) -> CaseEvent:
    """Read an entry of a case's history from its row."""
    return CaseEvent(at=row.at, actor=row.actor, kind=EventKind(row.kind), before=row.before, after=row.after)


def _handoff_of_row(row: Any) -> Handoff:
    return Handoff(
        number=row.number,
        conversation_id=row.conversation_id,
        channel=row.channel,
        language=Language(row.language),
        user_id=row.user_id,
        topic=row.topic,
        reason=Reason(row.reason),
        requested_at=row.requested_at,
        findings=tuple(Finding(**finding) for finding in row.findings),
        steps=tuple(Step(**{**step, "at": read_moment(step["at"])}) for step in row.steps),
        facts=row.facts,
        transcript=Transcript(row.transcript["conversation_id"], read_moment(row.transcript["until"])),
        last_words=row.last_words,
    )


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    # A moment has a column type of its own; within lists and objects it is JSON like the rest.
    return {name: value if isinstance(value, datetime) else to_json(value) for name, value in fields.items()}
