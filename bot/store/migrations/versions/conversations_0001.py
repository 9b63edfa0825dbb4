"""Events and the summary of each conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_IS_SESSION_START = sa.text("type = 'session_started'")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("type", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255)),
        sa.Column("at", sa.Float(53), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_conversation_id", "events", ["conversation_id", "id"])
    op.create_index(
        "ix_events_session_start",
        "events",
        ["conversation_id", "id"],
        sqlite_where=_IS_SESSION_START,
        postgresql_where=_IS_SESSION_START,
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("channel", sa.String(64)),
        sa.Column("language", sa.String(8)),
        sa.Column("user_id", sa.String(255)),
        sa.Column("topic", sa.String(64)),
        sa.Column("outcome", sa.String(64)),
        sa.Column("handoff_state", sa.String(32)),
        sa.Column("rating", sa.SmallInteger),
        sa.Column("user_messages", sa.Integer, nullable=False),
        sa.Column("bot_messages", sa.Integer, nullable=False),
        sa.Column("person_messages", sa.Integer, nullable=False),
        sa.Column("fallbacks", sa.Integer, nullable=False),
        sa.Column("lowest_confidence", sa.Float),
        sa.Column("first_at", sa.Float(53), nullable=False),
        sa.Column("last_at", sa.Float(53), nullable=False),
        sa.Column("last_event_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_conversations_last_at", "conversations", ["last_at", "id"])
    op.create_index("ix_conversations_user_id", "conversations", ["user_id", "last_at"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("conversations")
    op.drop_table("events")
