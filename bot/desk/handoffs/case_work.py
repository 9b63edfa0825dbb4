"""What becomes of the case of a hand-off when the hand-off changes, in the transaction of that change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import insert, update

from bot.desk.cases.payloads import Case
from bot.desk.cases.payloads import State as CaseState
from bot.desk.cases.rows import row_of_case
from bot.desk.cases.rules import open_case
from bot.desk.cases.tables import cases
from bot.desk.handoffs.payloads import AgentName, EventKind, Handoff, Why
from bot.desk.handoffs.work import Work
from bot.desk.hours.hours import Hours


async def make_case(work: Work, hours: Hours, handoff: Handoff, why: Why | None, owner: AgentName | None) -> Case:
    """Make a hand-off's case; one that is still open keeps its promise while there is time."""
    name = owner.name if owner else None
    case = handoff.case
    if case is None or case.state is CaseState.RESOLVED:
        made = replace(open_case(handoff.packet, hours, why and why.value, work.now), owner=name)
        if owner is not None:
            made = replace(made, state=CaseState.IN_PROGRESS)
        if case is None:
            await work.connection.execute(insert(cases).values(number=handoff.packet.number, **row_of_case(made)))
            return made
    else:
        # A promise that could not be kept is no promise.
        due_at = case.due_at if case.due_at > work.now else open_case(handoff.packet, hours, None, work.now).due_at
        made = replace(case, why=why and why.value, owner=name or case.owner, updated_at=work.now, due_at=due_at)
    await _store(work, handoff, row_of_case(made))
    return made


async def give_case(work: Work, handoff: Handoff, owner: AgentName | None, actor: str) -> None:
    """Give the case of a hand-off, if it has one, to an agent, who so begins to answer it; or to nobody."""
    case = handoff.case
    name = owner.name if owner else None
    if case is None or case.state is CaseState.RESOLVED or case.owner == name:
        return
    values: dict[str, Any] = {"owner": name, "updated_at": work.now}
    if owner is not None:
        values["state"] = CaseState.IN_PROGRESS.value
    await _store(work, handoff, values)
    await work.keep(handoff, EventKind.OWNER, actor, before=case.owner, told=name)


async def close_case(work: Work, handoff: Handoff, actor: str) -> None:
    """Close the case of a hand-off, if it has one that is open."""
    case = handoff.case
    if case is None or case.state is CaseState.RESOLVED:
        return
    resolved = CaseState.RESOLVED.value
    await _store(work, handoff, {"state": resolved, "resolved_at": work.now, "updated_at": work.now})
    await work.keep(handoff, EventKind.STATE, actor, before=case.state.value, told=resolved)


async def _store(work: Work, handoff: Handoff, values: dict[str, Any]) -> None:
    await work.connection.execute(update(cases).where(cases.c.number == handoff.packet.number).values(values))
