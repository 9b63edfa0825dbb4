"""What the desk does with cases: finds, lists and changes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.tables import agents
from bot.desk.cases import rules
from bot.desk.cases.payloads import CaseChange, CaseFilter, State
from bot.desk.cases.rows import row_of_case
from bot.desk.cases.tables import cases
from bot.desk.database import reading
from bot.desk.errors import NotFoundError
from bot.desk.handoffs.payloads import Handoff, HandoffEvent
from bot.desk.handoffs.rows import SELECT_HANDOFF, event_of_row, handoff_of_row, row_of_event
from bot.desk.handoffs.tables import handoff_events, handoffs
from bot.desk.handoffs.work import Work, working
from bot.handoff.states import Change
from bot.handoff.states import State as HandoffState

_OF_HANDOFF = ("user_id", "conversation_id", "agent_id")


@dataclass(frozen=True)
class CasePage:
    """Some hand-offs that became cases, newest first, and the cursor after which older ones follow."""

    items: tuple[Handoff, ...]
    next: str | None


async def find_case(engine: AsyncEngine, number: str) -> Handoff:
    """Find a case by its number.

    Raises:
        NotFoundError: when there is none, or its hand-off never became a case.
    """
    query = SELECT_HANDOFF.where(cases.c.number == number)
    async with reading(engine) as connection:
        row: Any = (await connection.execute(query)).one_or_none()
    if row is None:
        raise _no_case()
    return handoff_of_row(row)


async def list_cases(engine: AsyncEngine, wanted: CaseFilter, limit: int, after: int | None = None) -> CasePage:
    """List cases, newest first, beginning after the cursor of an earlier page."""
    query = SELECT_HANDOFF.where(*_conditions(wanted), cases.c.id.is_not(None))
    query = query.order_by(cases.c.id.desc()).limit(limit + 1)
    if after is not None:
        query = query.where(cases.c.id < after)
    async with reading(engine) as connection:
        rows = (await connection.execute(query)).all()
    page = rows[:limit]
    return CasePage(
        items=tuple(handoff_of_row(row) for row in page),
        next=str(page[-1].case_id) if len(rows) > limit else None,
    )


async def change_case(engine: AsyncEngine, number: str, change: CaseChange, actor: str, now: datetime) -> Handoff:
    """Change the state or the owner of a case or add a note, all or nothing, and keep it in its history.

    Raises:
        NotFoundError: when there is no such case.
        ConflictError: when the wanted state may not follow the present one.
    """
    async with working(engine, now) as work:
        handoff = await work.look_for(number)
        if handoff is None or handoff.case is None:
            raise _no_case()
        case, events = rules.change_case(handoff.case, change, actor, now)
        if not events:
            return handoff
        await work.connection.execute(update(cases).where(cases.c.number == number).values(row_of_case(case)))
        rows = [row_of_event(event, handoff.id) for event in events]
        await work.connection.execute(insert(handoff_events), rows)
        if case.owner != handoff.case.owner:
            await _pass_on(work, handoff, case.owner)
        if case.state is State.RESOLVED and handoff.state is HandoffState.CASE:
            await work.apply(handoff, Change.RESOLVE, actor, ended_at=now)
            await work.post(handoff, Change.RESOLVE)
        return await work.find(number)


async def read_history(engine: AsyncEngine, number: str) -> list[HandoffEvent]:
    """Read what has been done with a case, oldest first."""
    query = select(handoff_events).join(handoffs).where(handoffs.c.number == number).order_by(handoff_events.c.id)
    async with reading(engine) as connection:
        return [event_of_row(row) for row in await connection.execute(query)]


def _conditions(wanted: CaseFilter) -> list[Any]:
    conditions = [handoffs.c[name] == value for name in _OF_HANDOFF if (value := getattr(wanted, name)) is not None]
    if wanted.state is not None:
        conditions.append(cases.c.state == wanted.state.value)
    if wanted.is_open is not None:
        resolved = cases.c.state == State.RESOLVED.value
        conditions.append(~resolved if wanted.is_open else resolved)
    return conditions


async def _pass_on(work: Work, handoff: Handoff, owner: str | None) -> None:
    """Make a case that of the agent who bears this name, or nobody's where no agent does."""
    if handoff.state is not HandoffState.CASE:
        return
    query = select(agents.c.id).where(agents.c.name == owner, agents.c.disabled_at.is_(None))
    agent_id = (await work.connection.execute(query)).scalar()
    await work.connection.execute(update(handoffs).where(handoffs.c.id == handoff.id).values(agent_id=agent_id))


def _no_case() -> NotFoundError:
    return NotFoundError("there is no case of this number")
