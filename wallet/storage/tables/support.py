"""Messages to be sent, links of messaging channels, and the record of support calls."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from wallet.storage.tables.columns import UtcTime, identifier, metadata, row_number

outbox = Table(
    "outbox",
    metadata,
    row_number(),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    Column("medium", String(16), nullable=False),
    Column("recipient", String(254), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("link", Text),
    Column("created_at", UtcTime, nullable=False),
    Column("reference", String(64), nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", UtcTime, nullable=False),
    # When it was sent, failed or expired; and why the last try was none.
    Column("settled_at", UtcTime),
    Column("failure", String(64)),
    UniqueConstraint("reference"),
    CheckConstraint("state IN ('waiting', 'sent', 'failed', 'expired')", name="state"),
    Index(None, "user_id", "created_at"),
    Index(None, "state", "next_try_at"),
)

channel_links = Table(
    "channel_links",
    metadata,
    identifier("id", primary_key=True),
    Column("token_hash", String(64), nullable=False),
    # None when the login was no one's: such a link looks like any other until it expires.
    identifier("user_id", ForeignKey("users.id")),
    Column("channel", String(32), nullable=False),
    Column("channel_user", String(200), nullable=False),
    Column("number", String(2), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    UniqueConstraint("token_hash"),
    Index(None, "expires_at"),
    Index(None, "channel", "channel_user"),
)

support_calls = Table(
    "support_calls",
    metadata,
    row_number(),
    Column("token_name", String(32), nullable=False),
    # No foreign keys: a call about someone who does not exist is on record too.
    Column("acting_user", String(200)),
    Column("endpoint", String(200), nullable=False),
    Column("target", String(200)),
    Column("allowed", Boolean, nullable=False),
    Column("request_id", String(64), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index(None, "acting_user", "at"),
)
