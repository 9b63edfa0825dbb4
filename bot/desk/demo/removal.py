"""Takes demonstration data away again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sqlalchemy import and_, or_, select
from sqlalchemy.engine import Connection, Row

from bot.desk.demo.mix import Mix
from bot.desk.demo.plan import PREFIX
from bot.desk.retention.layout import Layout, layouts
from bot.desk.retention.record import Record, remove
from bot.store.review_tables import saved_filters
from bot.store.tables import conversations

_AT_ONCE = 200  # conversations in a transaction


async def remove_all(record: Record, mix: Mix, told: Callable[[int], None]) -> int:
    """Remove every conversation that was made for demonstration, and tell how many are gone, again and again."""
    tables, removed, after = await record.read(layouts), 0, (0.0, "")
    while found := await record.read(partial(_next, after=after)):
        after = (found[-1].last_at, found[-1].id)
        await record.write(partial(_remove, tables=tables, found=found))
        removed += len(found)
        told(removed)
    of_leads = saved_filters.c.owner.in_(mix["leads"])
    await record.write(lambda connection: connection.execute(saved_filters.delete().where(of_leads)))
    return removed


async def is_there(record: Record) -> bool:
    """Whether there is any."""
    first = select(conversations.c.id).where(_is_demo()).limit(1)
    return await record.read(lambda connection: connection.execute(first).first()) is not None


def _next(connection: Connection, after: tuple[float, str]) -> list[Row]:
    last_at, name = conversations.c.last_at, conversations.c.id
    is_later = or_(last_at > after[0], and_(last_at == after[0], name > after[1]))
    query = select(name, last_at).where(is_later, _is_demo()).order_by(last_at, name).limit(_AT_ONCE)
    return list(connection.execute(query).all())


def _remove(connection: Connection, tables: list[Layout], found: list[Row]) -> None:
    remove(connection, tables, [row.id for row in found])


def _is_demo() -> object:
    return conversations.c.id.like(f"{PREFIX}%")
