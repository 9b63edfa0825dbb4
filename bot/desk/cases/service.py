"""What the desk does with cases: takes them in, finds, lists and changes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.desk.cases import rules
from bot.desk.cases.payloads import Case, CaseChange, CaseEvent, CaseFilter, CasePage, EventKind, Handoff
from bot.desk.cases.rows import case_of_row, event_of_row, row_of_case, row_of_event
from bot.desk.cases.tables import case_events, cases
from bot.desk.database import reading, writing
from bot.desk.errors import ConflictError, NotFoundError


async def take_in(engine: AsyncEngine, handoff: Handoff, actor: str, now: datetime) -> tuple[Case, bool]:
    """Keep a hand-off as a case and tell whether it is new; delivered again, it changes nothing.

    Raises:
        ConflictError: when the number belongs to a case of another conversation.
    """
    case = rules.open_case(handoff, now)
    try:
        async with writing(engine) as connection:
            inserted = await connection.execute(insert(cases).values(row_of_case(case)))
            received = CaseEvent(now, actor, EventKind.RECEIVED, None, case.state.value)
            await _add_events(connection, inserted.inserted_primary_key[0], [received])
        return case, True
    except IntegrityError:
        stored = await _stored(engine, handoff.number)
        if stored is None:
            raise
    if stored.handoff.conversation_id != handoff.conversation_id:
        raise ConflictError(f"the number {handoff.number} belongs to another conversation")
    return stored, False


async def find_case(engine: AsyncEngine, number: str) -> Case:
    """Find a case by its number.

    Raises:
        NotFoundError: when there is none.
    """
    case = await _stored(engine, number)
    if case is None:
        raise _no_case()
    return case


async def list_cases(engine: AsyncEngine, wanted: CaseFilter, limit: int, after: int | None = None) -> CasePage:
    """List cases, newest first, beginning after the cursor of an earlier page."""
    query = select(cases).order_by(cases.c.id.desc()).limit(limit + 1)
    for name, value in vars(wanted).items():
        if value is not None:
            query = query.where(cases.c[name] == value)
    if after is not None:
        query = query.where(cases.c.id < after)
    async with reading(engine) as connection:
        rows = (await connection.execute(query)).all()
    page = rows[:limit]
    return CasePage(
        items=tuple(case_of_row(row) for row in page),
        next=str(page[-1].id) if len(rows) > limit else None,
    )


async def change_case(engine: AsyncEngine, number: str, change: CaseChange, actor: str, now: datetime) -> Case:
    """Change the state or the owner of a case or add a note, all or nothing, and keep it in its history.

    Raises:
        NotFoundError: when there is no such case.
        ConflictError: when the wanted state may not follow the present one.
    """
    async with writing(engine) as connection:
        query = select(cases).where(cases.c.number == number).with_for_update()
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            raise _no_case()
        case, events = rules.change_case(case_of_row(row), change, actor, now)
        if events:
            await connection.execute(update(cases).where(cases.c.id == row.id).values(row_of_case(case)))
            await _add_events(connection, row.id, events)
    return case


async def read_history(engine: AsyncEngine, number: str) -> list[CaseEvent]:
    """Read what has been done with a case, oldest first."""
    query = select(case_events).join(cases).where(cases.c.number == number).order_by(case_events.c.id)
    async with reading(engine) as connection:
        return [event_of_row(row) for row in await connection.execute(query)]


async def _stored(engine: AsyncEngine, number: str) -> Case | None:
    async with reading(engine) as connection:
        row: Any = (await connection.execute(select(cases).where(cases.c.number == number))).one_or_none()
    return None if row is None else case_of_row(row)


async def _add_events(connection: AsyncConnection, case_id: int, events: list[CaseEvent]) -> None:
    await connection.execute(insert(case_events), [row_of_event(event, case_id) for event in events])


def _no_case() -> NotFoundError:
    return NotFoundError("there is no case of this number")
