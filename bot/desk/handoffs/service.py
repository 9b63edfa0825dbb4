"""What agents do with hand-offs. Each is one transaction, and refused with a ConflictError where it comes too late.

Everything that a page of the desk may ask stands under this name; reading and work are in the modules beside it.
"""

from __future__ import annotations

import uuid

from sqlalchemy import update

from bot.desk.errors import ConflictError, InvalidRequestError
from bot.desk.fields import checked_text
from bot.desk.handoffs import moves
from bot.desk.handoffs.assignment import assign_case, require_assignee, transfer
from bot.desk.handoffs.case_work import close_case, give_case
from bot.desk.handoffs.intake import cancel, take_in, tell_standing
from bot.desk.handoffs.notes import note, set_tags
from bot.desk.handoffs.payloads import AgentName, Handoff
from bot.desk.handoffs.reading import find, history, of_agent, recent_of_agent, undelivered, waiting
from bot.desk.handoffs.tables import handoffs
from bot.desk.handoffs.typing_notice import tell_typing
from bot.desk.handoffs.work import Work, changing, not_now
from bot.desk.letters.post import handoff_of_letter, post_message
from bot.desk.live.hub import of_handoff
from bot.desk.parts import Desk
from bot.handoff.states import Change, State, is_served
from bot.privacy.redact import redact

__all__ = [
    "cancel",
    "claim",
    "defer",
    "find",
    "give_back",
    "history",
    "hold",
    "note",
    "of_agent",
    "recent_of_agent",
    "resolve",
    "resume",
    "set_tags",
    "take",
    "take_in",
    "tell_standing",
    "tell_typing",
    "transfer",
    "undelivered",
    "waiting",
    "write",
]

LONGEST_MESSAGE = 4000


async def claim(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """Take a hand-off out of the queue; of several who want it one has it, the others are told who."""
    async with changing(desk) as work:
        handoff = await work.find(number)
        if is_served(handoff.state):
            raise moves.taken(handoff)
        claimed = await work.apply(handoff, Change.CLAIM, agent.name, agent_id=agent.id, claimed_at=work.now)
        await give_case(work, handoff, agent, agent.name)
        await work.post(claimed, Change.CLAIM, agent=agent.name)
        return claimed


async def take(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """Take a case to answer it, unless somebody has it."""
    async with changing(desk) as work:
        handoff = await work.find(number)
        if handoff.state is not State.CASE:
            raise not_now(handoff)
        if handoff.agent is not None and handoff.agent.id != agent.id:
            raise moves.taken(handoff)
        if handoff.agent is None and handoff.case is not None and handoff.case.owner is not None:
            # Given on the command line or over the API to somebody who is no agent here; a lead may take it from him.
            owner = handoff.case.owner
            raise ConflictError(f"{owner} has this case already", {"text_name": "claimed_already", "agent": owner})
        await assign_case(work, handoff, agent, agent.name)
        return await work.find(number)


async def write(desk: Desk, number: str, agent: AgentName, text: str, letter_id: str) -> bool:
    """Write to the user, without the secrets in the text; False when he wrote it before under the same id.

    Raises:
        InvalidRequestError: when the text is empty or too long, or the id is no UUID.
        ForbiddenError: when the hand-off is somebody else's.
        ConflictError: when it is nobody's any more.
    """
    checked_text(text, "text", LONGEST_MESSAGE)
    if not text.strip():
        raise InvalidRequestError("text", "must not be blank")
    # What is cut out may be shorter than what stands for it.
    text = checked_text(redact(text).text, "text", LONGEST_MESSAGE)
    letter_id = _id_of(agent, letter_id)
    async with changing(desk) as work:
        handoff = await work.find(number)
        written = await handoff_of_letter(work.connection, letter_id)
        if written == handoff.id:
            return False
        if written is not None:
            raise ConflictError("this id is that of another message")
        require_assignee(handoff, agent)
        await _answer(work, handoff, agent)
        packet = handoff.packet
        body = {"number": number, "text": text, "agent": agent.name}
        await post_message(work.connection, letter_id, handoff.id, packet.conversation_id, body, work.now)
        return True


async def hold(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """Tell the user that the agent is looking into it."""
    return await _change(desk, number, agent, Change.HOLD)


async def resume(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """Go on after a hold."""
    return await _change(desk, number, agent, Change.RESUME)


async def give_back(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """End the service and let the bot go on."""
    return await _end(desk, number, agent, Change.RETURN)


async def resolve(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """End the service, or close the case, because the user's matter is settled."""
    return await _end(desk, number, agent, Change.RESOLVE)


async def defer(desk: Desk, number: str, agent: AgentName) -> Handoff:
    """Make the hand-off a case, which the agent follows up; the user is told by when he has an answer."""
    async with changing(desk) as work:
        handoff = await work.find(number)
        require_assignee(handoff, agent)
        return await moves.defer(work, desk.hours, handoff, agent.name, None, agent)


async def _change(desk: Desk, number: str, agent: AgentName, change: Change) -> Handoff:
    async with changing(desk) as work:
        handoff = await work.find(number)
        require_assignee(handoff, agent)
        changed = await work.apply(handoff, change, agent.name)
        await work.post(changed, change, agent=agent.name)
        return changed


async def _end(desk: Desk, number: str, agent: AgentName, change: Change) -> Handoff:
    async with changing(desk) as work:
        handoff = await work.find(number)
        require_assignee(handoff, agent)
        await close_case(work, handoff, agent.name)
        ended = await work.apply(handoff, change, agent.name, ended_at=work.now)
        await work.post(ended, change, agent=agent.name)
        return ended


async def _answer(work: Work, handoff: Handoff, agent: AgentName) -> None:
    if handoff.answered_at is None or handoff.state not in (State.ACTIVE, State.CASE):
        await work.apply(handoff, Change.ANSWER, agent.name, answered_at=handoff.answered_at or work.now)
        return
    # One line more of a talk that is under way is no change worth an entry.
    await work.connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(updated_at=work.now))
    work.tell(of_handoff(handoff.packet.number), {"news": "written"})


def _id_of(agent: AgentName, letter_id: str) -> str:
    """The id of a letter: the one its writer gave it made his own, so that nobody else's line is ever taken for it."""
    try:
        return str(uuid.uuid5(uuid.UUID(letter_id), str(agent.id)))
    except ValueError as error:
        raise InvalidRequestError("id", "must be a UUID") from error
