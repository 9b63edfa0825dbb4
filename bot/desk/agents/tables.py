"""The tables of agents and of their sign-ins."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from bot.desk.schema import UtcDateTime, metadata

agents = Table(
    "agents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(32), nullable=False, unique=True),
    Column("display_name", String(40), nullable=False),
    Column("role", String(8), nullable=False),
    Column("language", String(8), nullable=False),
    Column("password_hash", String(256), nullable=False),
    # A password that an admin has seen is good for one thing: to choose one's own.
    Column("must_change_password", Boolean, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("disabled_at", UtcDateTime),
    sqlite_autoincrement=True,
)

sign_ins = Table(
    "sign_ins",
    metadata,
    # Of the token only its hash is kept: who reads this table cannot sign in with it.
    Column("token_hash", String(64), primary_key=True),
    Column("agent_id", Integer, ForeignKey("agents.id"), nullable=False, index=True),
    Column("csrf", String(64), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, index=True),
)
