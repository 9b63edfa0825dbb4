"""Bank cards as the wallet knows them, and kept apart from that the side of the simulated issuer."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table

from wallet.storage.tables.columns import UtcTime, currency, identifier, metadata, minor_units

cards = Table(
    "cards",
    metadata,
    identifier("id", primary_key=True),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    identifier("token", nullable=False, unique=True),
    Column("bank", String(32), nullable=False),
    Column("last_four", String(4), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("phone", String(32)),
    Column("expires", Date, nullable=False),
    Column("frozen_at", UtcTime),
    Column("removed_at", UtcTime),
    Column("bound_at", UtcTime, nullable=False),
    Column("number_fingerprint", String(64)),
    Index(None, "user_id"),
)

# No foreign keys between wallet and issuer: at a real wallet the issuer's side is at the bank.
issuer_cards = Table(
    "issuer_cards",
    metadata,
    identifier("token", primary_key=True),
    Column("kind", String(16), nullable=False),
    minor_units("balance_minor", nullable=False),
    currency(),
    Column("state", String(16), nullable=False),
    Column("expires", Date, nullable=False),
    Column("phone", String(32)),
    Column("forced_code", String(2)),
)

issuer_orders = Table(
    "issuer_orders",
    metadata,
    identifier("id", primary_key=True),
    identifier("token", ForeignKey("issuer_cards.token"), nullable=False),
    minor_units("amount_minor", nullable=False),
    currency(),
    Column("code", String(2), nullable=False),
    Column("final_code", String(2)),
    Column("answers_at", UtcTime, nullable=False),
)
