"""Who is on duty: available, and heard of within a minute."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.agents.tables import agents
from bot.desk.presence.tables import presence

# An open page is heard of every 20 seconds.
HEARD_OF_WITHIN = timedelta(seconds=60)


class Status(str, Enum):
    """Whether an agent takes hand-offs, as he says himself."""

    AVAILABLE = "available"
    AWAY = "away"


def select_on_duty(now: datetime, *columns: Any) -> Any:
    """A query for columns of the agents on duty."""
    return (
        select(*columns)
        .select_from(presence.join(agents))
        .where(
            presence.c.status == Status.AVAILABLE.value,
            presence.c.seen_at >= now - HEARD_OF_WITHIN,
            agents.c.disabled_at.is_(None),
        )
    )


async def count_on_duty(connection: AsyncConnection, now: datetime) -> int:
    """How many agents are on duty."""
    counted: int = (await connection.execute(select_on_duty(now, func.count()))).scalar()
    return counted


async def is_expected(connection: AsyncConnection) -> bool:
    """Whether somebody was available when he was heard of last, however long ago."""
    available = select(presence.c.agent_id).select_from(presence.join(agents))
    query = available.where(presence.c.status == Status.AVAILABLE.value, agents.c.disabled_at.is_(None))
    return (await connection.execute(query.limit(1))).first() is not None


async def is_on_duty(connection: AsyncConnection, agent_id: int, now: datetime) -> bool:
    """Whether this agent is on duty."""
    query = select_on_duty(now, presence.c.agent_id).where(presence.c.agent_id == agent_id)
    return (await connection.execute(query)).first() is not None
