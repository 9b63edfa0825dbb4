"""What users think of the people who served them, apart from the bot."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; nobody was rated before."""
    op.add_column("conversations", sa.Column("person_rating", sa.SmallInteger))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("conversations", "person_rating")
