"""What agents say of their presence, and what their open pages show of it."""

from __future__ import annotations

from sqlalchemy import insert, select, update

from bot.desk.agents.tables import agents
from bot.desk.database import reading, writing
from bot.desk.handoffs.payloads import AgentName
from bot.desk.live.hub import QUEUE
from bot.desk.parts import Desk
from bot.desk.presence.duty import HEARD_OF_WITHIN, Status, select_on_duty
from bot.desk.presence.tables import presence


async def set_status(desk: Desk, agent_id: int, status: str) -> None:
    """Say whether an agent takes hand-offs.

    Raises:
        ValueError: when it is none of the two.
    """
    wanted = Status(status).value
    async with writing(desk.engine) as connection:
        values = {"status": wanted, "seen_at": desk.clock()}
        known = await connection.execute(update(presence).where(presence.c.agent_id == agent_id).values(values))
        if not known.rowcount:
            await connection.execute(insert(presence).values(agent_id=agent_id, **values))
    desk.live.publish(QUEUE, {"news": "presence"})


async def touch(desk: Desk, agent_id: int) -> None:
    """Note that a page of an agent is open; one who has never said otherwise is away."""
    now = desk.clock()
    async with writing(desk.engine) as connection:
        row = (await connection.execute(select(presence).where(presence.c.agent_id == agent_id))).one_or_none()
        if row is None:
            values = {"agent_id": agent_id, "status": Status.AWAY.value, "seen_at": now}
            await connection.execute(insert(presence).values(values))
        else:
            await connection.execute(update(presence).where(presence.c.agent_id == agent_id).values(seen_at=now))
    if row is not None and row.status == Status.AVAILABLE.value and now - row.seen_at > HEARD_OF_WITHIN:
        desk.live.publish(QUEUE, {"news": "presence"})


async def status_of(desk: Desk, agent_id: int) -> str:
    """What an agent said of himself; away before he has said anything."""
    async with reading(desk.engine) as connection:
        query = select(presence.c.status).where(presence.c.agent_id == agent_id)
        status: str | None = (await connection.execute(query)).scalar()
    return status or Status.AWAY.value


async def on_duty(desk: Desk) -> list[AgentName]:
    """Who is on duty, by name."""
    query = select_on_duty(desk.clock(), agents.c.id, agents.c.display_name).order_by(agents.c.display_name)
    async with reading(desk.engine) as connection:
        return [AgentName(row.id, row.display_name) for row in await connection.execute(query)]
