"""What support leads count, find and add: episodes, the words of messages, reviews and what belongs to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.store.migrations.fill_0004 import fill

revision = "0004"
down_revision = "0003"

_RISING = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_SECONDS = sa.Float(53)
_INDEXES = {
    "ix_events_intent": (["name", "conversation_id"], "type = 'user'"),
    "ix_events_fallback": (["at", "id"], "type = 'user' AND name = 'nlu_fallback'"),
    "ix_events_feedback": (["at", "id"], "type = 'user' AND name = 'give_feedback'"),
}
_WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE message_words USING fts5(words, content='', columnsize=0, tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE message_words (event_id BIGINT PRIMARY KEY, conversation_id VARCHAR(255) NOT NULL,"
        " words TSVECTOR NOT NULL)",
        "CREATE INDEX ix_message_words_words ON message_words USING gin (words)",
        "CREATE INDEX ix_message_words_conversation_id ON message_words (conversation_id)",
    ),
}
_TABLES = ("saved_filters", "corrections", "conversation_notes", "conversation_tags", "review_turns", "reviews")


def upgrade() -> None:
    """Make the tables and fill what follows from the events there are."""
    op.add_column("conversations", sa.Column("cause", sa.String(64)))
    op.add_column("conversations", sa.Column("sample", sa.SmallInteger, nullable=False, server_default="0"))
    for name, (columns, where) in _INDEXES.items():
        op.create_index(name, "events", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    _make_episodes()
    _make_reviews()
    _make_notes()
    for statement in _WORDS[op.get_context().dialect.name]:
        op.execute(statement)
    fill(op.get_bind())


def _make_episodes() -> None:
    op.create_table(
        "episodes",
        sa.Column("id", _RISING, nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("number", sa.SmallInteger, nullable=False),
        sa.Column("started_at", _SECONDS, nullable=False),
        sa.Column("last_at", _SECONDS, nullable=False),
        sa.Column("channel", sa.String(64)),
        sa.Column("language", sa.String(8)),
        sa.Column("user_id", sa.String(255)),
        sa.Column("topic", sa.String(64)),
        sa.Column("cause", sa.String(64)),
        sa.Column("outcome", sa.String(64)),
        sa.Column("user_messages", sa.Integer, nullable=False),
        sa.Column("bot_messages", sa.Integer, nullable=False),
        sa.Column("person_messages", sa.Integer, nullable=False),
        sa.Column("fallbacks", sa.Integer, nullable=False),
        sa.Column("handoff_number", sa.String(32)),
        sa.Column("handoff_reason", sa.String(32)),
        sa.Column("asked_at", _SECONDS),
        sa.Column("queued_at", _SECONDS),
        sa.Column("case_at", _SECONDS),
        sa.Column("answered_at", _SECONDS),
        sa.Column("given_up_at", _SECONDS),
        sa.Column("rating_asked", sa.SmallInteger, nullable=False),
        sa.Column("rating", sa.SmallInteger),
        sa.Column("person_rating_asked", sa.SmallInteger, nullable=False),
        sa.Column("person_rating", sa.SmallInteger),
        sa.Column("returned", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_episodes_conversation_id", "episodes", ["conversation_id", "number"], unique=True)
    op.create_index("ix_episodes_started_at", "episodes", ["started_at"])
    op.create_index("ix_episodes_user_id", "episodes", ["user_id", "topic", "last_at"])


def _make_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("verdict", sa.String(32), nullable=False),
        sa.Column("is_flagged", sa.Boolean, nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "reviewer"),
    )
    op.create_index("ix_reviews_at", "reviews", ["at"])
    op.create_table(
        "review_turns",
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("until", _SECONDS),
        sa.Column("is_skipped", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "reviewer"),
    )
    op.create_table(
        "conversation_tags",
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("tag", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "tag"),
    )
    op.create_index("ix_conversation_tags_tag", "conversation_tags", ["tag", "conversation_id"])


def _make_notes() -> None:
    op.create_table(
        "conversation_notes",
        sa.Column("id", _RISING, nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("event_id", sa.BigInteger),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_conversation_notes_conversation_id", "conversation_notes", ["conversation_id", "id"])
    op.create_table(
        "corrections",
        sa.Column("event_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("conversation_id", sa.String(255), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("predicted", sa.String(64)),
        sa.Column("confidence", sa.Float),
        sa.Column("intent", sa.String(64), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
        sa.Column("exported_at", _SECONDS),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_corrections_conversation_id", "corrections", ["conversation_id"])
    op.create_table(
        "saved_filters",
        sa.Column("id", _RISING, nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("is_shared", sa.Boolean, nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_filters_owner", "saved_filters", ["owner", "name"], unique=True)


def downgrade() -> None:
    """Drop all of it."""
    for name in _TABLES:
        op.drop_table(name)
    op.execute("DROP TABLE message_words")
    op.drop_table("episodes")
    for name in _INDEXES:
        op.drop_index(name, "events")
    op.drop_column("conversations", "sample")
    op.drop_column("conversations", "cause")
