"""What is asked back of payments, and the house's account for what is on its way back to a card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEXES = (["payment_id"], ["user_id", "requested_at"], ["status", "expected_by"])


def upgrade() -> None:
    """Create the table and the account."""
    op.create_table(
        "refunds",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("payment_id", sa.String(length=64), nullable=False),
        sa.Column("merchant", sa.String(length=200), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("card_id", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("rejection", sa.String(length=32), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected_by", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name=op.f("ck_refunds_amount")),
        sa.ForeignKeyConstraint(["card_id"], ["cards.id"], name=op.f("fk_refunds_card_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payments.id"], name=op.f("fk_refunds_payment_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_refunds_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
    )
    for columns in _INDEXES:
        op.create_index(_index(columns), "refunds", columns, unique=False)
    accounts = sa.table("accounts", sa.column("id", sa.String), sa.column("currency", sa.String))
    op.bulk_insert(accounts, [{"id": "house:refunds", "currency": "CNY"}])


def downgrade() -> None:
    """Drop them."""
    op.execute("DELETE FROM accounts WHERE id = 'house:refunds'")
    for columns in _INDEXES:
        op.drop_index(_index(columns), table_name="refunds")
    op.drop_table("refunds")


def _index(columns: list[str]) -> str:
    name: str = op.f(f"ix_refunds_{'_'.join(columns)}")
    return name
