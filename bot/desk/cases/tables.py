"""The tables of cases and of their history, whose rows are only ever added."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
)


class UtcDateTime(TypeDecorator):  # type: ignore[misc]
    """A moment: SQLite forgets the zone, so that every moment is written in UTC and read as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Shift a moment to UTC."""
        return value and value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Give a moment its zone back."""
        return value and (value.astimezone(timezone.utc) if value.tzinfo else value.replace(tzinfo=timezone.utc))


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

cases = Table(
    "cases",
    metadata,
    # Rises in the order of arrival; pages of the list are cut by it.
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
    Column("owner", String(128)),
    Column("priority", SmallInteger, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("resolved_at", UtcDateTime),
    Index("ix_cases_user_id", "user_id", "id"),
    Index("ix_cases_conversation_id", "conversation_id", "id"),
    Index("ix_cases_state", "state", "id"),
    # Without this SQLite would give the id of a deleted case to the next one.
    sqlite_autoincrement=True,
)

case_events = Table(
    "case_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(128), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("before", Text),
    Column("after", Text),
    sqlite_autoincrement=True,
)
