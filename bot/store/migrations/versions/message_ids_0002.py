"""The id a message was sent with, once in a conversation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_IS_MESSAGE = sa.text("message_id IS NOT NULL")


def upgrade() -> None:
    """Add the column; messages stored before have none."""
    op.add_column("events", sa.Column("message_id", sa.String(64)))
    op.create_index(
        "ix_events_message_id",
        "events",
        ["conversation_id", "message_id"],
        unique=True,
        sqlite_where=_IS_MESSAGE,
        postgresql_where=_IS_MESSAGE,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index("ix_events_message_id", "events")
    op.drop_column("events", "message_id")
