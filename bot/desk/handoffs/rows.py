"""How a hand-off and the entries of its history are written into rows and read back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.desk.agents.tables import agents
from bot.desk.answers import to_json
from bot.desk.cases.rows import CASE_COLUMNS, case_of_row
from bot.desk.cases.tables import cases
from bot.desk.clock import read_moment
from bot.desk.handoffs.packet import Finding, Language, Packet, Reason, Step, Transcript
from bot.desk.handoffs.payloads import AgentName, EventKind, Handoff, HandoffEvent
from bot.desk.handoffs.tables import handoffs
from bot.handoff.states import State

# A hand-off, who has it, and its case if there is one.
SELECT_HANDOFF = select(
    handoffs, agents.c.display_name.label("agent_name"), cases.c.id.label("case_id"), *CASE_COLUMNS
).select_from(handoffs.outerjoin(agents, agents.c.id == handoffs.c.agent_id).outerjoin(cases))


def row_of_packet(packet: Packet) -> dict[str, Any]:
    """Write a packet as columns of a hand-off."""
    # A moment has a column type of its own; within lists and objects it is JSON like the rest.
    return {name: value if isinstance(value, datetime) else to_json(value) for name, value in vars(packet).items()}


def packet_of_row(row: Any) -> Packet:
    """Read the packet of a hand-off from its row."""
    return Packet(
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


def handoff_of_row(row: Any) -> Handoff:
    """Read a hand-off from a row of SELECT_HANDOFF."""
    return Handoff(
        id=row.id,
        packet=packet_of_row(row),
        state=State(row.state),
        priority=row.priority,
        agent=None if row.agent_id is None else AgentName(row.agent_id, row.agent_name),
        queued_at=row.queued_at,
        claimed_at=row.claimed_at,
        answered_at=row.answered_at,
        ended_at=row.ended_at,
        updated_at=row.updated_at,
        position=row.position,
        wait=None if row.wait_from is None else (row.wait_from, row.wait_to),
        tags=tuple(row.tags),
        case=None if row.case_id is None else case_of_row(row),
    )


def event_of_row(row: Any) -> HandoffEvent:
    """Read an entry of a hand-off's history from its row."""
    return HandoffEvent(at=row.at, actor=row.actor, kind=EventKind(row.kind), before=row.before, text=row.after)


def row_of_event(event: HandoffEvent, handoff_id: int) -> dict[str, Any]:
    """Write an entry of a hand-off's history as a row."""
    return {
        "handoff_id": handoff_id,
        "at": event.at,
        "actor": event.actor,
        "kind": event.kind.value,
        "before": event.before,
        "after": event.text,
    }
