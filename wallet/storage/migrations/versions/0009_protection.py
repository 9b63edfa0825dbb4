"""Second step of signing in, devices with a name for the outside, and what was done to an account's protection."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables, and name the devices that are there."""
    op.create_table(
        "two_factors",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_two_factors_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_two_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recovery_codes_user_id")),
        sa.PrimaryKeyConstraint("user_id", "code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_table(
        "account_events",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("deed", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_account_events_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_events")),
    )
    op.create_index(op.f("ix_account_events_user_id_at"), "account_events", ["user_id", "at"], unique=False)
    op.add_column("devices", sa.Column("trusted_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("devices", sa.Column("public_id", sa.String(length=64), nullable=True))
    _name_devices()
    # SQLite changes a column only by writing the table anew.
    with op.batch_alter_table("devices") as devices:
        devices.alter_column("public_id", existing_type=sa.String(length=64), nullable=False)
        devices.create_unique_constraint(op.f("uq_devices_public_id"), ["public_id"])


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("devices") as devices:
        devices.drop_constraint(op.f("uq_devices_public_id"), type_="unique")
        devices.drop_column("public_id")
        devices.drop_column("trusted_until")
    op.drop_index(op.f("ix_account_events_user_id_at"), table_name="account_events")
    op.drop_table("account_events")
    op.drop_table("recovery_codes")
    op.drop_table("two_factors")


def _name_devices() -> None:
    devices = sa.table("devices", sa.column("id", sa.BigInteger()), sa.column("public_id", sa.String()))
    connection = op.get_bind()
    for row in connection.execute(sa.select(devices.c.id)).fetchall():
        name = f"dev_{secrets.token_hex(8)}"
        connection.execute(sa.update(devices).where(devices.c.id == row.id).values(public_id=name))
