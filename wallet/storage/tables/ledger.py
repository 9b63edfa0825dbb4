"""Double entry. Triggers of the migration keep entries balanced and postings unchanged."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, String, Table, UniqueConstraint

from wallet.storage.tables.columns import UtcTime, currency, identifier, metadata, minor_units, row_number

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(80), primary_key=True),
    currency(),
    UniqueConstraint("id", "currency"),
)

journal_entries = Table(
    "journal_entries",
    metadata,
    identifier("id", primary_key=True),
    Column("what", String(32), nullable=False),
    identifier("reference", nullable=False),
    Column("booked_at", UtcTime, nullable=False),
    UniqueConstraint("what", "reference"),
)

postings = Table(
    "postings",
    metadata,
    row_number(),
    # Postings come before their entry, whose insertion seals them: a trigger checks the sum then and refuses more.
    identifier(
        "entry_id", ForeignKey("journal_entries.id", deferrable=True, initially="DEFERRED"), nullable=False, index=True
    ),
    Column("account_id", String(80), nullable=False),
    minor_units("amount_minor", nullable=False),
    currency(),
    ForeignKeyConstraint(["account_id", "currency"], ["accounts.id", "accounts.currency"]),
    Index(None, "account_id"),
)
