"""Run by Alembic: migrates on the connection that it was given."""

from __future__ import annotations

from alembic import context

from bot.desk.agents import tables as agents_tables  # noqa: F401 - each joins the metadata when it is imported
from bot.desk.audit import tables as audit_tables  # noqa: F401
from bot.desk.cases import tables as cases_tables  # noqa: F401
from bot.desk.handoffs import tables as handoffs_tables  # noqa: F401
from bot.desk.letters import tables as letters_tables  # noqa: F401
from bot.desk.presence import tables as presence_tables  # noqa: F401
from bot.desk.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
