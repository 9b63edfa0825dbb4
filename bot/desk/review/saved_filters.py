"""Filters of the list that a lead keeps under a name: his own, and those that others share with him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from bot.desk.errors import ConflictError
from bot.store.review_tables import saved_filters as table


@dataclass(frozen=True)
class SavedFilter:
    """One filter: `query` is what stands behind the question mark of the list's address."""

    id: int
    owner: str
    name: str
    query: str
    is_shared: bool


def filters_for(connection: Connection, agent: str) -> list[SavedFilter]:
    """An agent's own filters and those that are shared, his own first, by name."""
    query = select(table).where((table.c.owner == agent) | table.c.is_shared)
    found = [SavedFilter(row.id, row.owner, row.name, row.query, row.is_shared) for row in connection.execute(query)]
    return sorted(found, key=lambda each: (each.owner != agent, each.name.casefold(), each.id))


def save(connection: Connection, owner: str, name: str, query: str, is_shared: bool, now: datetime) -> None:
    """Keep a filter; one that its owner has under the same name becomes this one.

    Raises IntegrityError where he saves it twice at the same moment.
    """
    values = {"query": query, "is_shared": is_shared, "at": now.timestamp()}
    changed = connection.execute(update(table).where(table.c.owner == owner, table.c.name == name).values(values))
    if not changed.rowcount:
        connection.execute(insert(table).values(owner=owner, name=name, **values))


def change(connection: Connection, owner: str, filter_id: int, name: str, is_shared: bool) -> None:
    """Give one's own filter another name, share it or no longer.

    Raises:
        ConflictError: when another of the owner's filters has that name.
    """
    query = select(table.c.id).where(table.c.owner == owner, table.c.name == name, table.c.id != filter_id)
    if connection.execute(query).first():
        raise ConflictError("there is a filter of that name", {"text_name": "filter_name_taken", "name": name})
    one = (table.c.owner == owner, table.c.id == filter_id)
    connection.execute(update(table).where(*one).values(name=name, is_shared=is_shared))


def remove(connection: Connection, owner: str, filter_id: int) -> None:
    """Remove one's own filter."""
    connection.execute(delete(table).where(table.c.owner == owner, table.c.id == filter_id))
