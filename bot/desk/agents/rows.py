"""How an agent is read from his row."""

from __future__ import annotations

from typing import Any

from bot.desk.agents.payloads import Agent, Language, Role


def agent_of_row(row: Any) -> Agent:
    """Read an agent; his password's hash stays where it is."""
    return Agent(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        role=Role(row.role),
        language=Language(row.language),
        must_change_password=row.must_change_password,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )
