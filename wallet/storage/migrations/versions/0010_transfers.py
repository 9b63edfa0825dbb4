"""Transfers and withdrawals, the ways out, and the house's account for what is on its way out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and the account."""
    op.create_table(
        "transfers",
        *_of_every_movement("transfers"),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("recipient_id", sa.String(length=64), nullable=True),
        sa.Column("recipient_masked", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["recipient_id"], ["users.id"], name=op.f("fk_transfers_recipient_id")),
    )
    op.create_table(
        "withdrawals",
        *_of_every_movement("withdrawals"),
        sa.Column("channel", sa.String(length=32), nullable=False),
    )
    for table in ("transfers", "withdrawals"):
        op.create_index(op.f(f"ix_{table}_user_id_created_at"), table, ["user_id", "created_at"], unique=False)
    op.create_table(
        "withdrawal_channels",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("minimum_minor", sa.BigInteger(), nullable=False),
        sa.Column("maximum_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_withdrawal_channels")),
    )
    accounts = sa.table("accounts", sa.column("id", sa.String), sa.column("currency", sa.String))
    op.bulk_insert(accounts, [{"id": "house:withdrawals", "currency": "CNY"}])


def downgrade() -> None:
    """Drop them."""
    op.execute("DELETE FROM accounts WHERE id = 'house:withdrawals'")
    op.drop_table("withdrawal_channels")
    for table in ("withdrawals", "transfers"):
        op.drop_index(op.f(f"ix_{table}_user_id_created_at"), table_name=table)
        op.drop_table(table)


def _of_every_movement(table: str) -> tuple[sa.Column | sa.Constraint, ...]:
    return (
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("fee_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("card_id", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.String(length=32), nullable=True),
        sa.Column("issuer_code", sa.String(length=2), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("result_expected_by", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0 AND fee_minor >= 0", name=op.f(f"ck_{table}_amounts")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f(f"fk_{table}_card_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
