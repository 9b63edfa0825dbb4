"""The record of conversations: events, and what is folded from them.

Times are seconds since 1970 in UTC, as Rasa stamps its events.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, SmallInteger, String, Table, Text, text

metadata = MetaData()

_RISING = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only an INTEGER
_SECONDS = Float(53)
_IS_SESSION_START = text("type = 'session_started'")
_IS_MESSAGE = text("message_id IS NOT NULL")
_IS_OF_USER = text("type = 'user'")
_IS_FALLBACK = text("type = 'user' AND name = 'nlu_fallback'")
_IS_FEEDBACK = text("type = 'user' AND name = 'give_feedback'")

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
    # Which conversations have a line of this intent, and of two kinds the newest lines of all conversations.
    Index("ix_events_intent", "name", "conversation_id", sqlite_where=_IS_OF_USER, postgresql_where=_IS_OF_USER),
    Index("ix_events_fallback", "at", "id", sqlite_where=_IS_FALLBACK, postgresql_where=_IS_FALLBACK),
    Index("ix_events_feedback", "at", "id", sqlite_where=_IS_FEEDBACK, postgresql_where=_IS_FEEDBACK),
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
    Column("cause", String(64)),
    Column("outcome", String(64)),
    Column("handoff_state", String(32)),
    Column("rating", SmallInteger),
    Column("person_rating", SmallInteger),
    Column("user_messages", Integer, nullable=False),
    Column("bot_messages", Integer, nullable=False),
    Column("person_messages", Integer, nullable=False),
    Column("fallbacks", Integer, nullable=False),
    Column("lowest_confidence", Float),
    # A draw from 0 to 9999 that follows from the id: who reviews a share of all takes those below a number.
    # The default is for a migration: SQLite adds no column without one that must have a value.
    Column("sample", SmallInteger, nullable=False, server_default="0"),
    Column("first_at", _SECONDS, nullable=False),
    Column("last_at", _SECONDS, nullable=False),
    Column("last_event_id", BigInteger, nullable=False),
    Index("ix_conversations_last_at", "last_at", "id"),
    Index("ix_conversations_user_id", "user_id", "last_at"),
)

# What the user came for, one row each time: the unit in which support counts. Folded by episode.py, written with its
# events. A conversation has one or several, ``number`` counts them from 1.
episodes = Table(
    "episodes",
    metadata,
    Column("id", _RISING, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("number", SmallInteger, nullable=False),
    Column("started_at", _SECONDS, nullable=False),
    Column("last_at", _SECONDS, nullable=False),
    Column("channel", String(64)),
    Column("language", String(8)),
    Column("user_id", String(255)),
    Column("topic", String(64)),
    Column("cause", String(64)),
    # How the walkthrough ended, as the slot tells it; "running" before, None where there was none.
    Column("outcome", String(64)),
    Column("user_messages", Integer, nullable=False),
    Column("bot_messages", Integer, nullable=False),
    Column("person_messages", Integer, nullable=False),
    Column("fallbacks", Integer, nullable=False),
    # The newest hand-off of the episode, its number and reason, and when it was first asked for, queued, made a case,
    # answered by a person and given up by the user.
    Column("handoff_number", String(32)),
    Column("handoff_reason", String(32)),
    Column("asked_at", _SECONDS),
    Column("queued_at", _SECONDS),
    Column("case_at", _SECONDS),
    Column("answered_at", _SECONDS),
    Column("given_up_at", _SECONDS),
    # Whether a rating was asked for, and the stars: of the bot and of the person.
    Column("rating_asked", SmallInteger, nullable=False),
    Column("rating", SmallInteger),
    Column("person_rating_asked", SmallInteger, nullable=False),
    Column("person_rating", SmallInteger),
    # 1 once the same user (a guest: the same conversation) came back with the same topic within 24 hours of last_at.
    Column("returned", SmallInteger, nullable=False),
    Index("ix_episodes_conversation_id", "conversation_id", "number", unique=True),
    Index("ix_episodes_started_at", "started_at"),
    Index("ix_episodes_user_id", "user_id", "topic", "last_at"),
    sqlite_autoincrement=True,
)
