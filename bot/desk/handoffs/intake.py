"""Takes in what the bot hands over, tells how it stands, and takes it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.desk.database import reading
from bot.desk.errors import ConflictError
from bot.desk.handoffs.moves import BOT, USER, end_as_cancelled, queue_or_defer
from bot.desk.handoffs.packet import Packet
from bot.desk.handoffs.payloads import FRAUD_PRIORITY, USUAL_PRIORITY, EventKind, Handoff, Standing, Why
from bot.desk.handoffs.rows import row_of_packet
from bot.desk.handoffs.tables import handoffs
from bot.desk.handoffs.work import Work, changing
from bot.desk.hours.hours import Hours
from bot.desk.parts import Desk
from bot.handoff.states import WAITING, Change, State, is_served


async def take_in(desk: Desk, packet: Packet) -> tuple[Standing, bool]:
    """Keep a hand-off and tell how it stands, and whether it is new; delivered again, it changes nothing.

    Asked for again later, one that has become a case may be served at once after all; of one in the queue the packet
    and the urgency are brought up to date.

    Raises:
        ConflictError: when the number belongs to a hand-off of another conversation.
    """
    async with changing(desk) as work:
        stored = await work.look_for(packet.number)
        if stored is not None and stored.packet.conversation_id != packet.conversation_id:
            raise ConflictError(f"the number {packet.number} belongs to another conversation")
        if stored is None and await _is_late(work, packet):
            handoff = await end_as_cancelled(work, await _add(work, packet), BOT)
        elif stored is None:
            await _supersede(work, packet)
            handoff = await queue_or_defer(work, desk, await _add(work, packet))
        elif packet.requested_at > stored.packet.requested_at and stored.state is State.CASE:
            handoff = await queue_or_defer(work, desk, await _ask_again(work, stored, packet))
        elif packet.requested_at > stored.packet.requested_at and stored.state is State.QUEUED:
            await _refresh(work, stored, packet)
            await work.recount(but=stored)
            handoff = await work.find(packet.number)
        else:
            handoff = stored
        return standing_of(handoff, desk.hours, work.now), stored is None


async def tell_standing(desk: Desk, number: str) -> Standing:
    """Tell how a hand-off stands.

    Raises:
        NotFoundError: when there is none of this number.
    """
    now = desk.clock()
    async with reading(desk.engine) as connection:
        return standing_of(await Work(connection, now).find(number), desk.hours, now)


async def cancel(desk: Desk, number: str) -> Standing:
    """Take a hand-off back because its user waits no longer; taken back before, it changes nothing.

    Raises:
        NotFoundError: when there is none of this number.
        ConflictError: when a person has it, or it has ended.
    """
    async with changing(desk) as work:
        handoff = await work.find(number)
        if handoff.state in {*WAITING, State.CASE}:
            handoff = await end_as_cancelled(work, handoff, USER)
        elif handoff.state is not State.CANCELLED:
            state = handoff.state.value
            raise ConflictError(f"a hand-off that is {state} cannot be taken back", {"state": state})
        return standing_of(handoff, desk.hours, work.now)


def standing_of(handoff: Handoff, hours: Hours, now: datetime) -> Standing:
    """How a hand-off stands, as the bot tells it."""
    is_case, is_queued = handoff.state is State.CASE, handoff.state is State.QUEUED
    case = handoff.case if is_case else None
    why = Why(case.why) if case and case.why else None
    return Standing(
        number=handoff.packet.number,
        state=handoff.state,
        position=handoff.position if is_queued else None,
        wait=handoff.wait if is_queued else None,
        agent=handoff.agent.name if handoff.agent and is_served(handoff.state) else None,
        due_at=case.due_at if case else None,
        why=why,
        opens_at=hours.next_opening(now) if why is Why.CLOSED and not hours.is_open(now) else None,
    )


async def _is_late(work: Work, packet: Packet) -> bool:
    """Whether the conversation has asked anew since: a packet of an outbox may come after a later one."""
    query = select(handoffs.c.id).where(
        handoffs.c.conversation_id == packet.conversation_id, handoffs.c.requested_at > packet.requested_at
    )
    return (await work.connection.execute(query.limit(1))).first() is not None


async def _supersede(work: Work, packet: Packet) -> None:
    """End what still waits of the same conversation: it has one hand-off at a time, and knows of the newest only."""
    query = select(handoffs.c.number).where(
        handoffs.c.conversation_id == packet.conversation_id,
        handoffs.c.state.in_(sorted(state.value for state in WAITING)),
    )
    for row in (await work.connection.execute(query)).all():
        await end_as_cancelled(work, await work.find(row.number), BOT, packet.number)


async def _add(work: Work, packet: Packet) -> Handoff:
    values = {
        **row_of_packet(packet),
        "state": State.REQUESTED.value,
        "priority": FRAUD_PRIORITY if packet.is_fraud else USUAL_PRIORITY,
        "was_served": False,
        "updated_at": work.now,
        "tags": [],
    }
    await work.connection.execute(insert(handoffs).values(values))
    handoff = await work.find(packet.number)
    await work.keep(handoff, EventKind.RECEIVED, BOT)
    return handoff


async def _refresh(work: Work, stored: Handoff, packet: Packet) -> None:
    """Keep what is known by now; what was urgent stays so."""
    priority = min(stored.priority, FRAUD_PRIORITY if packet.is_fraud else USUAL_PRIORITY)
    refreshed = update(handoffs).where(handoffs.c.id == stored.id)
    await work.connection.execute(refreshed.values(**row_of_packet(packet), priority=priority))


async def _ask_again(work: Work, stored: Handoff, packet: Packet) -> Handoff:
    await _refresh(work, stored, packet)
    return await work.apply(stored, Change.REQUEST, USER)
