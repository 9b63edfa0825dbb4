"""Hand-offs with their queue, the letters to the bot, and presence; a case is what may become of a hand-off."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_PACKET = (
    "number, conversation_id, channel, language, user_id, topic, reason, requested_at, findings, steps, facts, "
    "transcript, last_words"
)
_IS_WAITING = sa.text("delivered_at IS NULL AND refusal IS NULL")


def upgrade() -> None:
    """Make the tables and carry the cases over: each was a hand-off that nobody could serve at once."""
    _make_handoffs()
    _make_handoff_events()
    _make_letters()
    _make_presence()
    op.execute(
        f"INSERT INTO handoffs (id, {_PACKET}, state, priority, was_served, ended_at, updated_at, tags) "  # noqa: S608
        f"SELECT id, {_PACKET}, CASE WHEN state = 'resolved' THEN 'resolved' ELSE 'case' END, priority, "
        "FALSE, resolved_at, updated_at, '[]' FROM cases ORDER BY id"
    )
    op.execute(
        'INSERT INTO handoff_events (id, handoff_id, at, actor, kind, "before", "after") '
        'SELECT id, case_id, at, actor, kind, "before", "after" FROM case_events ORDER BY id'
    )
    op.drop_table("case_events")
    _reshape_cases()
    if op.get_bind().dialect.name == "postgresql":
        # The ids came with the rows; the next ones must follow them.
        for table in ("handoffs", "handoff_events", "cases"):
            op.execute(f"SELECT setval('{table}_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)")  # noqa: S608


def downgrade() -> None:
    """Refused: hand-offs that never became a case, and letters on their way, have no place in the older schema."""
    raise NotImplementedError("there is no way back from 0003 that loses nothing; restore a backup instead")


def _make_handoffs() -> None:
    op.create_table(
        "handoffs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("conversation_id", sa.String(128), nullable=False),
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("user_id", sa.String(128)),
        sa.Column("topic", sa.String(64)),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.JSON, nullable=False),
        sa.Column("steps", sa.JSON, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("transcript", sa.JSON, nullable=False),
        sa.Column("last_words", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("priority", sa.SmallInteger, nullable=False),
        sa.Column("agent_id", sa.Integer),
        sa.Column("was_served", sa.Boolean, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True)),
        sa.Column("claimed_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("position", sa.Integer),
        sa.Column("wait_from", sa.Integer),
        sa.Column("wait_to", sa.Integer),
        sa.Column("tags", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_handoffs"),
        sa.UniqueConstraint("number", name="uq_handoffs_number"),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_handoffs_agent_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoffs_user_id", "handoffs", ["user_id", "id"])
    op.create_index("ix_handoffs_conversation_id", "handoffs", ["conversation_id", "id"])
    op.create_index("ix_handoffs_state", "handoffs", ["state", "id"])
    op.create_index("ix_handoffs_agent_id", "handoffs", ["agent_id", "state"])
    op.create_index("ix_handoffs_ended_at", "handoffs", ["ended_at"])


def _make_handoff_events() -> None:
    op.create_table(
        "handoff_events",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("handoff_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_handoff_events"),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name="fk_handoff_events_handoff_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handoff_events_handoff_id", "handoff_events", ["handoff_id"])


def _make_letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("handoff_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("address", sa.String(512), nullable=False),
        sa.Column("body", sa.JSON),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", sa.DateTime(timezone=True)),
        sa.Column("refusal", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("handoff_id", "number", name="uq_letters_handoff_id"),
        sa.ForeignKeyConstraint(["handoff_id"], ["handoffs.id"], name="fk_letters_handoff_id"),
    )
    op.create_index(
        "ix_letters_waiting",
        "letters",
        ["handoff_id", "number"],
        sqlite_where=_IS_WAITING,
        postgresql_where=_IS_WAITING,
    )


def _make_presence() -> None:
    op.create_table(
        "presence",
        sa.Column("agent_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agent_id", name="pk_presence"),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name="fk_presence_agent_id"),
    )


def _reshape_cases() -> None:
    op.rename_table("cases", "old_cases")
    for column in ("user_id", "conversation_id", "state"):
        op.drop_index(f"ix_cases_{column}", "old_cases")
    if op.get_bind().dialect.name == "postgresql":
        # There the names of constraints and sequences are the schema's, and stay with the renamed table.
        for name in ("pk_cases", "uq_cases_number"):
            op.drop_constraint(name, "old_cases")
        op.execute("ALTER SEQUENCE cases_id_seq RENAME TO old_cases_id_seq")
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("owner", sa.String(128)),
        sa.Column("priority", sa.SmallInteger, nullable=False),
        sa.Column("why", sa.String(16)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
        sa.ForeignKeyConstraint(["number"], ["handoffs.number"], name="fk_cases_number"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_cases_state", "cases", ["state", "id"])
    kept = "id, number, state, owner, priority, created_at, updated_at, due_at, resolved_at"
    op.execute(f"INSERT INTO cases ({kept}) SELECT {kept} FROM old_cases ORDER BY id")  # noqa: S608
    op.drop_table("old_cases")
