"""Writes the audit and reads it. There is no function that changes or removes a row, and there must be none.

Whoever is forgotten is forgotten here too: retention/ empties what names him, and leaves who did what and when.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.desk.agents.payloads import Agent
from bot.desk.audit.payloads import Action, Entry, EntryFilter, EntryPage
from bot.desk.audit.tables import audit
from bot.desk.database import reading, writing

LONGEST_SUBJECT = 128
LONGEST_DETAIL = 1000


async def record(
    where: AsyncConnection | AsyncEngine,
    agent: Agent | None,
    action: Action,
    subject: str | None,
    detail: str | None,
    address: str | None,
    now: datetime,
) -> None:
    """Add a row, in the transaction of a given connection or in one of its own."""
    values = {
        "at": now,
        "agent_id": agent and agent.id,
        "agent_name": agent and agent.name,
        "action": action.value,
        "subject": subject and subject[:LONGEST_SUBJECT],
        "detail": detail and detail[:LONGEST_DETAIL],
        "address": address,
    }
    if isinstance(where, AsyncConnection):
        await where.execute(insert(audit).values(values))
    else:
        async with writing(where) as connection:
            await connection.execute(insert(audit).values(values))


async def has_entry(engine: AsyncEngine, agent_id: int, action: Action, subject: str, since: datetime) -> bool:
    """Tell whether an agent has done something to a subject since a moment."""
    query = select(audit.c.id).where(
        audit.c.agent_id == agent_id,
        audit.c.action == action.value,
        audit.c.subject == subject,
        audit.c.at >= since,
    )
    async with reading(engine) as connection:
        return (await connection.execute(query.limit(1))).scalar() is not None


async def list_entries(engine: AsyncEngine, wanted: EntryFilter, limit: int, after: int | None = None) -> EntryPage:
    """List rows, newest first, beginning after the cursor of an earlier page."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit + 1)
    if wanted.agent_id is not None:
        query = query.where(audit.c.agent_id == wanted.agent_id)
    if wanted.action is not None:
        query = query.where(audit.c.action == wanted.action.value)
    if wanted.subject is not None:
        query = query.where(audit.c.subject == wanted.subject)
    if wanted.since is not None:
        query = query.where(audit.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(audit.c.at < wanted.until)
    if after is not None:
        query = query.where(audit.c.id < after)
    async with reading(engine) as connection:
        rows = (await connection.execute(query)).all()
    page = rows[:limit]
    return EntryPage(tuple(_entry(row) for row in page), page[-1].id if len(rows) > limit else None)


def _entry(row: Any) -> Entry:
    return Entry(
        id=row.id,
        at=row.at,
        agent_id=row.agent_id,
        agent_name=row.agent_name,
        action=Action(row.action),
        subject=row.subject,
        detail=row.detail,
        address=row.address,
    )
