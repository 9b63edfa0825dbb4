"""What support leads add to the record. It stands beside the conversations, so that they can be filtered by it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Table, Text

from bot.store.tables import metadata

_RISING = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only an INTEGER
_SECONDS = Float(53)

# One verdict of one reviewer on one conversation; a conversation is reviewed once it has one.
reviews = Table(
    "reviews",
    metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("reviewer", String(64), primary_key=True),
    Column("verdict", String(32), nullable=False),
    Column("is_flagged", Boolean, nullable=False),
    Column("at", _SECONDS, nullable=False),
    Index("ix_reviews_at", "at"),
)

# Who looks at a conversation of the review queue until when, or has passed it on to others.
review_turns = Table(
    "review_turns",
    metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("reviewer", String(64), primary_key=True),
    Column("until", _SECONDS),
    Column("is_skipped", Boolean, nullable=False),
)

conversation_tags = Table(
    "conversation_tags",
    metadata,
    Column("conversation_id", String(255), primary_key=True),
    Column("tag", String(64), primary_key=True),
    Column("by", String(64), nullable=False),
    Column("at", _SECONDS, nullable=False),
    Index("ix_conversation_tags_tag", "tag", "conversation_id"),
)

# ``event_id`` is that of the line a note is about; None for the whole conversation.
conversation_notes = Table(
    "conversation_notes",
    metadata,
    Column("id", _RISING, primary_key=True),
    Column("conversation_id", String(255), nullable=False),
    Column("event_id", BigInteger),
    Column("by", String(64), nullable=False),
    Column("words", Text, nullable=False),
    Column("at", _SECONDS, nullable=False),
    Index("ix_conversation_notes_conversation_id", "conversation_id", "id"),
    sqlite_autoincrement=True,
)

# The review set: a line of a user and the intent it should have had. ``words`` may be put right before they are
# learned, without a name or number in them; ``predicted`` and ``confidence`` are what the bot took the line for.
corrections = Table(
    "corrections",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", String(255), nullable=False),
    Column("language", String(8), nullable=False),
    Column("words", Text, nullable=False),
    Column("predicted", String(64)),
    Column("confidence", Float),
    Column("intent", String(64), nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", _SECONDS, nullable=False),
    Column("exported_at", _SECONDS),
    Index("ix_corrections_conversation_id", "conversation_id"),
)

# A filter of the list by its name, as the query of an address; others see it where it is shared.
saved_filters = Table(
    "saved_filters",
    metadata,
    Column("id", _RISING, primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("query", Text, nullable=False),
    Column("is_shared", Boolean, nullable=False),
    Column("at", _SECONDS, nullable=False),
    Index("ix_saved_filters_owner", "owner", "name", unique=True),
    sqlite_autoincrement=True,
)

REVIEW_TABLES = (reviews, review_turns, conversation_tags, conversation_notes, corrections, saved_filters)
