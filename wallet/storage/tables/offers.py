"""Channels, incidents and fee rules. Their words are rows of the company's, so both languages are columns."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, String, Table, Text

from wallet.storage.tables.columns import UtcTime, currency, identifier, metadata, minor_units

topup_channels = Table(
    "topup_channels",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("name_zh", String(100), nullable=False),
    Column("name_en", String(100), nullable=False),
    Column("enabled", Boolean, nullable=False),
    # Kinds joined by commas, empty when the channel needs no card.
    Column("card_kinds", String(64), nullable=False),
    minor_units("minimum_minor", nullable=False),
    minor_units("maximum_minor", nullable=False),
    currency(),
)

withdrawal_channels = Table(
    "withdrawal_channels",
    metadata,
    Column("code", String(32), primary_key=True),
    minor_units("minimum_minor", nullable=False),
    minor_units("maximum_minor", nullable=False),
    currency(),
)

incidents = Table(
    "incidents",
    metadata,
    identifier("id", primary_key=True),
    Column("channel", String(32)),
    Column("what_zh", Text, nullable=False),
    Column("what_en", Text, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("expected_end", UtcTime),
    Column("ended_at", UtcTime),
    Index(None, "ended_at"),
)

fee_rules = Table(
    "fee_rules",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("channel", String(32), primary_key=True),
    # A decimal fraction as text: SQLite would keep a numeric column as a float.
    Column("rate", String(16), nullable=False),
    minor_units("minimum_minor", nullable=False),
    minor_units("free_quota_minor"),
    currency(),
    Column("condition_zh", Text),
    Column("condition_en", Text),
)
