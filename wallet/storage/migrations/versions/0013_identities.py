"""Whose identification number is whose, cards that are known again, and what register and banks hold against them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables. Nothing is known of the numbers of cards that are bound already."""
    op.create_table(
        "identities",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("number_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("proven_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_identities_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_identities")),
        sa.UniqueConstraint("number_fingerprint", name=op.f("uq_identities_number_fingerprint")),
    )
    op.create_table(
        "register_entries",
        sa.Column("number_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("name_fingerprint", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number_fingerprint", name=op.f("pk_register_entries")),
    )
    op.create_table(
        "issued_cards",
        sa.Column("number_fingerprint", sa.String(length=64), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("number_fingerprint", name=op.f("pk_issued_cards")),
    )
    op.add_column("cards", sa.Column("number_fingerprint", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("cards", "number_fingerprint")
    op.drop_table("issued_cards")
    op.drop_table("register_entries")
    op.drop_table("identities")
