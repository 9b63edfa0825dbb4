"""The tables of hand-offs and of their history, whose rows are only ever added."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, SmallInteger, String, Table, Text

from bot.desk.schema import UtcDateTime, metadata

handoffs = Table(
    "handoffs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", String(16), nullable=False, unique=True),
    Column("conversation_id", String(128), nullable=False),
    Column("channel", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("user_id", String(128)),
    Column("topic", String(64)),
    Column("reason", String(32), nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("findings", JSON, nullable=False),
    Column("steps", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("transcript", JSON, nullable=False),
    Column("last_words", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    # Who has it, who owns its case, or who had it last.
    Column("agent_id", Integer, ForeignKey("agents.id")),
    # Whose agent has gone away waits in front of those whom nobody has served yet.
    Column("was_served", Boolean, nullable=False),
    Column("queued_at", UtcDateTime),
    Column("claimed_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("updated_at", UtcDateTime, nullable=False),
    # The place in the queue and the range of minutes that the user was told last.
    Column("position", Integer),
    Column("wait_from", Integer),
    Column("wait_to", Integer),
    Column("tags", JSON, nullable=False),
    Index("ix_handoffs_user_id", "user_id", "id"),
    Index("ix_handoffs_conversation_id", "conversation_id", "id"),
    Index("ix_handoffs_state", "state", "id"),
    Index("ix_handoffs_agent_id", "agent_id", "state"),
    Index("ix_handoffs_ended_at", "ended_at"),
    # Without this SQLite would give the id of a deleted hand-off to the next one.
    sqlite_autoincrement=True,
)

handoff_events = Table(
    "handoff_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("handoff_id", Integer, ForeignKey("handoffs.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("before", Text),
    Column("after", Text),
    sqlite_autoincrement=True,
)
