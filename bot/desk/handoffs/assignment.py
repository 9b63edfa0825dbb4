"""Whose a hand-off is: only the assignee works on it, and how it passes to another."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from bot.desk.agents.tables import agents
from bot.desk.errors import ConflictError, ForbiddenError
from bot.desk.handoffs.case_work import give_case
from bot.desk.handoffs.payloads import AgentName, Handoff
from bot.desk.handoffs.tables import handoffs
from bot.desk.handoffs.work import Work, changing, not_now
from bot.desk.live.hub import QUEUE, of_agent, of_handoff
from bot.desk.parts import Desk
from bot.desk.presence.duty import is_on_duty
from bot.handoff.states import Change, State, is_served

# They may give a hand-off of anybody to anybody, themselves among them.
_MAY_ASSIGN = ("lead", "admin")


def require_assignee(handoff: Handoff, agent: AgentName) -> None:
    """Refuse an agent whose hand-off it is not.

    Raises:
        ForbiddenError: which says whose it is.
    """
    if handoff.agent is None or handoff.agent.id != agent.id:
        name = handoff.agent.name if handoff.agent else None
        raise ForbiddenError("this hand-off is somebody else's", {"text_name": "not_assignee", "agent": name})


async def transfer(desk: Desk, number: str, agent: AgentName, to_agent_id: int) -> Handoff:
    """Give a hand-off or a case to another agent; a lead may do so with anybody's, also to take it himself.

    Raises:
        ForbiddenError: when the agent is neither the assignee nor a lead.
        ConflictError: when the other one is not there to take it.
    """
    async with changing(desk) as work:
        handoff = await work.find(number)
        if (await _agent(work, agent.id)).role not in _MAY_ASSIGN:
            require_assignee(handoff, agent)
        if not is_served(handoff.state) and handoff.state is not State.CASE:
            raise not_now(handoff)
        to = await _receiver(work, handoff, agent, to_agent_id)
        if handoff.agent != to:
            await _hand_on(work, handoff, to, agent)
        return await work.find(number)


async def assign_case(work: Work, handoff: Handoff, to: AgentName, actor: str) -> None:
    """Make an agent the owner of a case."""
    await give_case(work, handoff, to, actor)
    values = {"agent_id": to.id, "updated_at": work.now}
    await work.connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(values))
    number = handoff.packet.number
    work.tell(of_handoff(number), {"news": "state", "state": handoff.state.value})
    work.tell(QUEUE, {"news": "state", "number": number, "state": handoff.state.value})


async def _hand_on(work: Work, handoff: Handoff, to: AgentName, agent: AgentName) -> None:
    number = handoff.packet.number
    if handoff.state is State.CASE:
        await assign_case(work, handoff, to, agent.name)
    else:
        await give_case(work, handoff, to, agent.name)
        given = await work.apply(handoff, Change.TRANSFER, agent.name, to.name, agent_id=to.id)
        await work.post(given, Change.TRANSFER, agent=to.name)
    if to.id != agent.id:
        work.tell(of_agent(to.id), {"text_name": "handoff_transferred", "number": number, "agent": agent.name})
    if handoff.agent is not None and handoff.agent.id != agent.id:
        work.tell_agent(handoff, "handoff_taken_over", agent=to.name)


async def _receiver(work: Work, handoff: Handoff, agent: AgentName, to_agent_id: int) -> AgentName:
    row = await _agent(work, to_agent_id)
    needs_duty = handoff.state is not State.CASE and to_agent_id != agent.id
    if row.disabled_at is not None or (needs_duty and not await is_on_duty(work.connection, to_agent_id, work.now)):
        raise ConflictError(
            f"{row.display_name} is not on duty", {"text_name": "not_on_duty", "agent": row.display_name}
        )
    return AgentName(row.id, row.display_name)


async def _agent(work: Work, agent_id: int) -> Any:
    row = (await work.connection.execute(select(agents).where(agents.c.id == agent_id))).one_or_none()
    if row is None:
        raise ConflictError("there is no such agent", {"text_name": "not_on_duty", "agent": None})
    return row
