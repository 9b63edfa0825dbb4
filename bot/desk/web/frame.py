"""What the frame around every page shows: how many wait, and whether the agent takes conversations."""

from __future__ import annotations

from dataclasses import dataclass

from sanic import Request
from sqlalchemy import func, select

from bot.desk.database import reading
from bot.desk.handoffs.tables import handoffs
from bot.desk.presence.service import status_of
from bot.desk.web.rendering import is_htmx, is_stream
from bot.handoff.states import State


@dataclass(frozen=True)
class Frame:
    """The number in the queue, and the agent's presence: available or away."""

    waiting: int
    presence: str


async def know_frame(request: Request) -> None:
    """Put `frame` into the context of a request whose answer may be a whole page."""
    if not is_htmx(request) and not is_stream(request):
        request.ctx.frame = await frame_of(request)


async def frame_of(request: Request) -> Frame:
    """Read what the frame shows now."""
    desk = request.app.ctx.desk
    query = select(func.count()).select_from(handoffs).where(handoffs.c.state == State.QUEUED.value)
    async with reading(desk.engine) as connection:
        waiting = (await connection.execute(query)).scalar_one()
    return Frame(waiting, await status_of(desk, request.ctx.agent.id))
