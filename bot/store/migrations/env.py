"""Run by Alembic: migrates on the connection that it was given."""

from __future__ import annotations

from alembic import context

from bot.store.tables import metadata

# A name of its own: the databases of wallet and desk may be the same one.
context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, version_table="store_version"
)
context.run_migrations()
