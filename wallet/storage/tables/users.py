"""People, their passwords, and how they sign in."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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

from wallet.storage.tables.columns import UtcTime, currency, identifier, metadata, minor_units, row_number

users = Table(
    "users",
    metadata,
    identifier("id", primary_key=True),
    Column("phone", String(32), unique=True),
    Column("email", String(254), unique=True),
    Column("display_name", String(100), nullable=False),
    Column("language", String(2), nullable=False),
    Column("identity_level", Integer, nullable=False),
    Column("two_factor", Boolean, nullable=False),
    Column("email_confirmed", Boolean, nullable=False),
    Column("phone_confirmed", Boolean, nullable=False),
    Column("frozen_at", UtcTime),
    Column("closed_at", UtcTime),
    Column("created_at", UtcTime, nullable=False),
    CheckConstraint("identity_level BETWEEN 1 AND 3", name="identity_level"),
)

credentials = Table(
    "credentials",
    metadata,
    identifier("user_id", ForeignKey("users.id"), primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", UtcTime),
    Column("changed_at", UtcTime, nullable=False),
)

password_resets = Table(
    "password_resets",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Index(None, "user_id", "created_at"),
)

sign_in_attempts = Table(
    "sign_in_attempts",
    metadata,
    row_number(),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("failure", String(32)),
    Column("device", String(200), nullable=False),
    Index(None, "user_id", "at"),
)

devices = Table(
    "devices",
    metadata,
    row_number(),
    identifier("public_id", nullable=False, unique=True),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("trusted_until", UtcTime),
    UniqueConstraint("user_id", "name"),
)

two_factors = Table(
    "two_factors",
    metadata,
    identifier("user_id", ForeignKey("users.id"), primary_key=True),
    Column("sealed_secret", Text, nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    # The time step, counted from 1970, of the last code that was taken.
    Column("last_step", BigInteger),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    identifier("user_id", ForeignKey("users.id"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    Column("used_at", UtcTime),
)

identities = Table(
    "identities",
    metadata,
    identifier("user_id", ForeignKey("users.id"), primary_key=True),
    Column("number_fingerprint", String(64), nullable=False, unique=True),
    Column("proven_at", UtcTime, nullable=False),
)

account_events = Table(
    "account_events",
    metadata,
    row_number(),
    identifier("user_id", ForeignKey("users.id"), nullable=False),
    Column("deed", String(32), nullable=False),
    Column("by", String(16), nullable=False),
    Column("reason", Text),
    Column("at", UtcTime, nullable=False),
    Index(None, "user_id", "at"),
)

chosen_limits = Table(
    "chosen_limits",
    metadata,
    identifier("user_id", ForeignKey("users.id"), primary_key=True),
    minor_units("per_payment_minor"),
    minor_units("per_day_minor"),
    currency(),
)
