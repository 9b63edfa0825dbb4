"""How far the delivery of each message of the outbox has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. What is in the outbox by now was never to be sent."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("reference", sa.String(length=64), nullable=True))
        outbox.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("state", sa.String(length=16), nullable=True))
        outbox.add_column(sa.Column("tries", sa.Integer(), nullable=True))
        outbox.add_column(sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("failure", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE outbox SET reference = 'msg_' || id, expires_at = created_at, state = 'expired', tries = 0, "
        "next_try_at = created_at, settled_at = created_at"
    )
    with op.batch_alter_table("outbox") as outbox:
        outbox.alter_column("reference", existing_type=sa.String(length=64), nullable=False)
        outbox.alter_column("expires_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        outbox.alter_column("state", existing_type=sa.String(length=16), nullable=False)
        outbox.alter_column("tries", existing_type=sa.Integer(), nullable=False)
        outbox.alter_column("next_try_at", existing_type=sa.DateTime(timezone=True), nullable=False)
        outbox.create_unique_constraint(op.f("uq_outbox_reference"), ["reference"])
        outbox.create_check_constraint(op.f("ck_outbox_state"), "state IN ('waiting', 'sent', 'failed', 'expired')")
        outbox.create_index(op.f("ix_outbox_state_next_try_at"), ["state", "next_try_at"], unique=False)


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_index(op.f("ix_outbox_state_next_try_at"))
        outbox.drop_constraint(op.f("ck_outbox_state"), type_="check")
        outbox.drop_constraint(op.f("uq_outbox_reference"), type_="unique")
        for name in ("failure", "settled_at", "next_try_at", "tries", "state", "expires_at", "reference"):
            outbox.drop_column(name)
