"""The letters that wait for the bot, as their delivery reads and marks them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.database import reading, writing
from bot.desk.letters.tables import letters

_IS_WAITING = (letters.c.delivered_at.is_(None), letters.c.refusal.is_(None))


@dataclass(frozen=True)
class WaitingLetter:
    """A letter on its way: where it goes and what it says."""

    id: str
    address: str
    body: dict[str, Any]

    @property
    def handoff_number(self) -> str:
        """The number of its hand-off."""
        return str(self.body["number"])


async def handoffs_with_letters(engine: AsyncEngine) -> list[int]:
    """Every hand-off of which a letter waits."""
    async with reading(engine) as connection:
        query = select(letters.c.handoff_id).where(*_IS_WAITING).distinct()
        return [row.handoff_id for row in await connection.execute(query)]


async def next_letter(engine: AsyncEngine, handoff_id: int) -> WaitingLetter | None:
    """The first letter of a hand-off that waits, if one does."""
    query = (
        select(letters.c.id, letters.c.address, letters.c.body)
        .where(letters.c.handoff_id == handoff_id, *_IS_WAITING)
        .order_by(letters.c.number)
        .limit(1)
    )
    async with reading(engine) as connection:
        row: Any = (await connection.execute(query)).one_or_none()
    return None if row is None else WaitingLetter(row.id, row.address, row.body)


async def mark_delivered(engine: AsyncEngine, letter_id: str, now: datetime) -> None:
    """Note that the bot has a letter; its words are in the conversation now and are not kept twice."""
    await _mark(engine, letter_id, delivered_at=now, body=None)


async def mark_refused(engine: AsyncEngine, letter_id: str, refusal: str) -> None:
    """Note that the bot will never take a letter."""
    await _mark(engine, letter_id, refusal=refusal)


async def _mark(engine: AsyncEngine, letter_id: str, **values: Any) -> None:
    async with writing(engine) as connection:
        await connection.execute(update(letters).where(letters.c.id == letter_id).values(**values))
