"""The table of letters. A letter that was taken keeps its id, by which it is known again, and loses its words."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from bot.desk.schema import UtcDateTime, metadata

_IS_WAITING = text("delivered_at IS NULL AND refusal IS NULL")

letters = Table(
    "letters",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("handoff_id", Integer, ForeignKey("handoffs.id"), nullable=False),
    # Counts the letters of a hand-off; they are delivered in this order.
    Column("number", Integer, nullable=False),
    Column("address", String(512), nullable=False),
    # none_as_null: "is it still there" is asked of the column, not of a JSON null within.
    Column("body", JSON(none_as_null=True)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("delivered_at", UtcDateTime),
    Column("refusal", Text),
    UniqueConstraint("handoff_id", "number"),
    Index("ix_letters_waiting", "handoff_id", "number", sqlite_where=_IS_WAITING, postgresql_where=_IS_WAITING),
)
