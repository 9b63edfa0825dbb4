"""The two tables of the store. Times are seconds since 1970 in UTC, as Rasa stamps its events."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, SmallInteger, String, Table, Text, text

metadata = MetaData()

_RISING = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only an INTEGER
_SECONDS = Float(53)
_IS_SESSION_START = text("type = 'session_started'")
_IS_MESSAGE = text("message_id IS NOT NULL")

# Append only. The id rises within a conversation, so it is also the sequence number of a message.
events = Table(
    "events",
    metadata,
    Column("id", _RISING, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("type", String(64), nullable=False),
    Column("name", String(255)),
    Column("at", _SECONDS, nullable=False),
    Column("data", Text, nullable=False),
    # The id its sender gave a message of the user, or the desk a line of its own: what is sent again is stored once.
    Column("message_id", String(64)),
    Index("ix_events_conversation_id", "conversation_id", "id"),
    Index(
        "ix_events_message_id",
        "conversation_id",
        "message_id",
        unique=True,
        sqlite_where=_IS_MESSAGE,
        postgresql_where=_IS_MESSAGE,
    ),
    Index(
        "ix_events_session_start",
        "conversation_id",
        "id",
        sqlite_where=_IS_SESSION_START,
        postgresql_where=_IS_SESSION_START,
    ),
    # Otherwise SQLite gives the id of a removed last event to the next one.
    sqlite_autoincrement=True,
)

# One row a conversation, written with its events: what a list of conversations shows and is filtered by.
conversations = Table(
    "conversations",
    metadata,
    Column("id", String(255), primary_key=True),
    Column("channel", String(64)),
    Column("language", String(8)),
    Column("user_id", String(255)),
    Column("topic", String(64)),
    Column("outcome", String(64)),
    Column("handoff_state", String(32)),
    Column("rating", SmallInteger),
    Column("person_rating", SmallInteger),
    Column("user_messages", Integer, nullable=False),
    Column("bot_messages", Integer, nullable=False),
    Column("person_messages", Integer, nullable=False),
    Column("fallbacks", Integer, nullable=False),
    Column("lowest_confidence", Float),
    Column("first_at", _SECONDS, nullable=False),
    Column("last_at", _SECONDS, nullable=False),
    Column("last_event_id", BigInteger, nullable=False),
    Index("ix_conversations_last_at", "last_at", "id"),
    Index("ix_conversations_user_id", "user_id", "last_at"),
)
