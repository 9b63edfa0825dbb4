"""What was asked back of payments."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table

from wallet.storage.tables.columns import UtcTime, currency, identifier, metadata, minor_units

refunds = Table(
    "refunds",
    metadata,
    identifier("id", primary_key=True),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    identifier("payment_id", ForeignKey("payments.id"), nullable=False, index=True),
    Column("merchant", String(200), nullable=False),
    minor_units("amount_minor", nullable=False),
    currency(),
    identifier("card_id", ForeignKey("cards.id")),
    Column("status", String(16), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("rejection", String(32)),
    Column("requested_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Column("expected_by", UtcTime),
    CheckConstraint("amount_minor > 0", name="amount"),
    Index(None, "user_id", "requested_at"),
    Index(None, "status", "expected_by"),
)
