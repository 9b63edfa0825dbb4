"""How often a wrong number was typed at a channel link; the links of a writer are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count, as nothing was typed before, and the index."""
    op.add_column("channel_links", sa.Column("tries", sa.Integer(), server_default="0", nullable=False))
    writer = ["channel", "channel_user"]
    op.create_index(op.f("ix_channel_links_channel_channel_user"), "channel_links", writer, unique=False)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(op.f("ix_channel_links_channel_channel_user"), table_name="channel_links")
    op.drop_column("channel_links", "tries")
