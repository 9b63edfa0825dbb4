"""What Alembic runs: the connection comes from ``wallet.storage.migrate``, which also holds the transaction."""

from __future__ import annotations

from alembic import context

from wallet.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
