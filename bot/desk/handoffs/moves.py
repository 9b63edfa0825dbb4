"""The moves of a hand-off that the desk makes by itself: into the queue, out of it, to a case, to its end."""

from __future__ import annotations

from sqlalchemy import update

from bot.desk.errors import ConflictError
from bot.desk.handoffs.case_work import close_case, give_case, make_case
from bot.desk.handoffs.payloads import AgentName, EventKind, Handoff, Why
from bot.desk.handoffs.work import Work
from bot.desk.hours.hours import Hours
from bot.desk.letters.tables import letters
from bot.desk.parts import Desk
from bot.desk.presence.duty import count_on_duty, is_expected
from bot.handoff.states import ENDED, Change, State

# Who acts where no agent does.
BOT, DESK, USER = "bot", "desk", "user"


async def queue_or_defer(work: Work, desk: Desk, handoff: Handoff) -> Handoff:
    """Put a hand-off into the queue if somebody may come for it, else make it a case."""
    if not desk.hours.is_open(work.now):
        return await defer(work, desk.hours, handoff, DESK, Why.CLOSED)
    if not await _comes_somebody(work, desk):
        return await defer(work, desk.hours, handoff, DESK, Why.NOBODY)
    queued = await work.apply(handoff, Change.QUEUE, DESK, queued_at=work.now)
    return await _tell_place(work, queued, Change.QUEUE)


async def _comes_somebody(work: Work, desk: Desk) -> bool:
    if await count_on_duty(work.connection, work.now):
        return True
    # By a desk that has just started nobody has been heard yet; whether those who were there are, the sweeper will see.
    return not desk.is_settled(work.now) and await is_expected(work.connection)


async def requeue(work: Work, handoff: Handoff, why: str) -> Handoff:
    """Put a hand-off whose agent is gone in front of those whom nobody has served yet."""
    await give_case(work, handoff, None, DESK)
    queued = await work.apply(
        handoff,
        Change.REQUEUE,
        DESK,
        why,
        agent_id=None,
        was_served=True,
        queued_at=work.now,
        claimed_at=None,
    )
    work.tell_agent(handoff, "handoff_requeued")
    lost = handoff.agent.name if handoff.agent else None
    return await _tell_place(work, queued, Change.REQUEUE, agent=lost)


async def defer(
    work: Work, hours: Hours, handoff: Handoff, actor: str, why: Why | None, owner: AgentName | None = None
) -> Handoff:
    """Make a hand-off a case; an agent who does so follows it up himself."""
    case = await make_case(work, hours, handoff, why, owner)
    times = {"queued_at": None, "claimed_at": None}
    owned = {} if owner is None else {"agent_id": owner.id}
    deferred = await work.apply(handoff, Change.DEFER, actor, why and why.value, **times, **owned)
    opens_at = hours.next_opening(work.now) if why is Why.CLOSED else None
    await work.post(deferred, Change.DEFER, due_at=case.due_at, why=why, opens_at=opens_at)
    return deferred


async def contradict(work: Work, number: str, state: str) -> None:
    """End a hand-off that is over where the conversation is kept, in this state; nothing more of it is delivered."""
    handoff = await work.find(number)
    refusal = f"illegal_change: {state}"
    await work.connection.execute(
        update(letters)
        .where(letters.c.handoff_id == handoff.id, letters.c.delivered_at.is_(None), letters.c.refusal.is_(None))
        .values(refusal=refusal)
    )
    if handoff.state not in ENDED:
        await end_as_cancelled(work, handoff, BOT, state)


async def end_as_cancelled(work: Work, handoff: Handoff, actor: str, told: str | None = None) -> Handoff:
    """End a hand-off because its user waits no longer, wherever it stands; whoever has it is told."""
    await close_case(work, handoff, actor)
    ended = await work.put(handoff, State.CANCELLED, EventKind.CANCEL, actor, told, ended_at=work.now)
    work.tell_agent(handoff, "handoff_cancelled")
    return ended


def taken(handoff: Handoff) -> ConflictError:
    """What is answered to who comes too late for a hand-off."""
    name = handoff.agent.name if handoff.agent else None
    state = handoff.state.value
    return ConflictError(
        f"{name} has this hand-off already", {"text_name": "claimed_already", "agent": name, "state": state}
    )


async def _tell_place(work: Work, queued: Handoff, change: Change, **more: str | None) -> Handoff:
    await work.recount(but=queued)
    placed = await work.find(queued.packet.number)
    await work.post(placed, change, position=placed.position, wait=placed.wait, **more)
    return placed
