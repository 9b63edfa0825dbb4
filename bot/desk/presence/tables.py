"""The table of presence: one row an agent who has ever had a page open."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table

from bot.desk.schema import UtcDateTime, metadata

presence = Table(
    "presence",
    metadata,
    Column("agent_id", Integer, ForeignKey("agents.id"), primary_key=True, autoincrement=False),
    Column("status", String(16), nullable=False),
    # When a page of his was last heard of.
    Column("seen_at", UtcDateTime, nullable=False),
)
