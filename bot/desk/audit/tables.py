"""The table of what agents did."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from bot.desk.schema import UtcDateTime, metadata

audit = Table(
    "audit",
    metadata,
    # Rises in the order of writing; pages of the list are cut by it.
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False, index=True),
    # Nobody where the command line was used, or a sign-in failed under a name that is nobody's.
    Column("agent_id", Integer, ForeignKey("agents.id")),
    Column("agent_name", String(32)),
    Column("action", String(32), nullable=False),
    Column("subject", String(128)),
    Column("detail", Text),
    Column("address", String(64)),
    Index("ix_audit_agent_id", "agent_id", "id"),
    Index("ix_audit_action", "action", "id"),
    Index("ix_audit_subject", "subject", "id"),
    sqlite_autoincrement=True,
)
