"""What agents write about a hand-off among themselves: notes and tags. The user never sees them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from bot.desk.errors import InvalidRequestError
from bot.desk.fields import checked_text
from bot.desk.handoffs.payloads import AgentName, EventKind, Handoff
from bot.desk.handoffs.tables import handoffs
from bot.desk.handoffs.work import changing
from bot.desk.live.hub import QUEUE, of_handoff
from bot.desk.parts import Desk
from bot.privacy.redact import redact

LONGEST_NOTE = 2000
LONGEST_TAG, MOST_TAGS = 30, 10


async def note(desk: Desk, number: str, agent: AgentName, text: str) -> None:
    """Add a note to the history of a hand-off, whoever has it; secrets in it are cut out."""
    checked_text(text, "text", LONGEST_NOTE)
    if not text.strip():
        raise InvalidRequestError("text", "must not be blank")
    text = redact(text).text
    async with changing(desk) as work:
        handoff = await work.find(number)
        await work.keep(handoff, EventKind.NOTE, agent.name, told=text)
        work.tell(of_handoff(number), {"news": "note"})


async def set_tags(desk: Desk, number: str, agent: AgentName, tags: Sequence[str]) -> Handoff:
    """Give a hand-off these tags in place of those it had."""
    wanted = list(dict.fromkeys(" ".join(checked_text(tag, "tags", LONGEST_TAG).split()) for tag in tags))
    wanted = [redact(tag).text for tag in wanted if tag]
    if len(wanted) > MOST_TAGS:
        raise InvalidRequestError("tags", f"must be at most {MOST_TAGS}")
    async with changing(desk) as work:
        handoff = await work.find(number)
        if list(handoff.tags) == wanted:
            return handoff
        values = {"tags": wanted, "updated_at": work.now}
        await work.connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(values))
        before, told = ", ".join(handoff.tags), ", ".join(wanted)
        await work.keep(handoff, EventKind.TAGS, agent.name, before=before or None, told=told or None)
        work.tell(of_handoff(number), {"news": "tags"})
        work.tell(QUEUE, {"news": "tags", "number": number})
        return await work.find(number)
