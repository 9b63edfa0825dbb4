"""The table of cases: the hand-offs that could not be served at once. Their history is that of the hand-off."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, SmallInteger, String, Table

from bot.desk.schema import UtcDateTime, metadata

cases = Table(
    "cases",
    metadata,
    # Rises in the order of arrival; pages of the list are cut by it.
    Column("id", Integer, primary_key=True),
    Column("number", String(16), ForeignKey("handoffs.number"), nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("owner", String(128)),
    Column("priority", SmallInteger, nullable=False),
    Column("why", String(16)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Index("ix_cases_state", "state", "id"),
    # Without this SQLite would give the id of a deleted case to the next one.
    sqlite_autoincrement=True,
)
