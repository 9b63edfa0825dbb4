"""Payments, top-ups, transfers, withdrawals and the keys that made them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, text

from wallet.storage.tables.columns import UtcTime, currency, identifier, metadata, minor_units


def _of_every_movement() -> list[Any]:
    is_open = text("result_expected_by IS NOT NULL")
    return [
        identifier("id", primary_key=True),
        identifier("user_id", ForeignKey("users.id"), nullable=False),
        minor_units("amount_minor", nullable=False),
        minor_units("fee_minor", nullable=False),
        currency(),
        identifier("card_id", ForeignKey("cards.id")),
        Column("status", String(16), nullable=False),
        Column("cause", String(32)),
        Column("issuer_code", String(2)),
        Column("created_at", UtcTime, nullable=False),
        Column("result_expected_by", UtcTime),
        CheckConstraint("amount_minor > 0 AND fee_minor >= 0", name="amounts"),
        Index(None, "user_id", "created_at"),
        Index(None, "result_expected_by", sqlite_where=is_open, postgresql_where=is_open),
    ]


payments = Table(
    "payments",
    metadata,
    *_of_every_movement(),
    Column("merchant", String(200), nullable=False),
    Column("device", String(200), nullable=False),
)

topups = Table(
    "topups",
    metadata,
    *_of_every_movement(),
    Column("channel", String(32), nullable=False),
)

transfers = Table(
    "transfers",
    metadata,
    *_of_every_movement(),
    Column("channel", String(32), nullable=False),
    identifier("recipient_id", ForeignKey("users.id")),
    Column("recipient_masked", String(200), nullable=False),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    *_of_every_movement(),
    Column("channel", String(32), nullable=False),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    identifier("user_id", ForeignKey("users.id"), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    identifier("movement_id", nullable=False),
)
