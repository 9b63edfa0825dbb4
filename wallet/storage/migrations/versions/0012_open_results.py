"""Indexes of the movements whose result is open, which are few among many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES = ("payments", "topups", "transfers", "withdrawals")
_COLUMN = "result_expected_by"


def upgrade() -> None:
    """Create them."""
    is_open = sa.text(f"{_COLUMN} IS NOT NULL")
    for table in _TABLES:
        op.create_index(_index(table), table, [_COLUMN], unique=False, sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    """Drop them."""
    for table in _TABLES:
        op.drop_index(_index(table), table_name=table)


def _index(table: str) -> str:
    name: str = op.f(f"ix_{table}_{_COLUMN}")
    return name
