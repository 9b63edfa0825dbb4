"""What can be done with agents: added, found, listed, changed. Who may do it is for the caller to know."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.desk.agents.payloads import Agent, Language, Role
from bot.desk.agents.rows import agent_of_row
from bot.desk.agents.rules import NAMES_OF_OTHERS, folded_display_name
from bot.desk.agents.tables import agents, sign_ins
from bot.desk.database import reading, writing
from bot.desk.errors import ConflictError, NotFoundError


async def add_agent(
    engine: AsyncEngine,
    name: str,
    display_name: str,
    role: Role,
    language: Language,
    password_hash: str,
    must_change_password: bool,
    now: datetime,
) -> Agent:
    """Add an agent under a name and a display name that nobody has.

    Raises:
        ConflictError: when somebody has one of them.
    """
    values = {
        "name": name,
        "display_name": display_name,
        "role": role.value,
        "language": language.value,
        "password_hash": password_hash,
        "must_change_password": must_change_password,
        "created_at": now,
    }
    try:
        async with writing(engine) as connection:
            await _require_free(connection, display_name, but=name)
            await connection.execute(insert(agents).values(values))
            return await _agent(connection, agents.c.name == name)
    except IntegrityError as error:
        raise ConflictError(f"there is an agent {name} already", {"text_name": "name_taken", "name": name}) from error


async def find_agent(engine: AsyncEngine, agent_id: int) -> Agent:
    """Find an agent by his id.

    Raises:
        NotFoundError: when there is none.
    """
    async with reading(engine) as connection:
        return await _agent(connection, agents.c.id == agent_id)


async def find_agent_named(engine: AsyncEngine, name: str) -> Agent:
    """Find an agent by the name he signs in with.

    Raises:
        NotFoundError: when there is none.
    """
    async with reading(engine) as connection:
        return await _agent(connection, agents.c.name == name)


async def list_agents(engine: AsyncEngine) -> list[Agent]:
    """List every agent, the disabled ones last."""
    query = select(agents).order_by(agents.c.disabled_at.is_not(None), agents.c.name)
    async with reading(engine) as connection:
        return [agent_of_row(row) for row in await connection.execute(query)]


async def password_hash_of(engine: AsyncEngine, agent_id: int) -> str:
    """Read the hash of an agent's password."""
    async with reading(engine) as connection:
        found = await connection.execute(select(agents.c.password_hash).where(agents.c.id == agent_id))
        return str(found.scalar_one())


async def set_password(engine: AsyncEngine, agent_id: int, password_hash: str, must_change: bool) -> None:
    """Set a password; whoever is signed in with the old one is signed out."""
    values = {"password_hash": password_hash, "must_change_password": must_change}
    async with writing(engine) as connection:
        await _change(connection, agent_id, values)
        await _sign_out(connection, agent_id)


async def set_profile(engine: AsyncEngine, agent_id: int, display_name: str, language: Language) -> Agent:
    """Set the name that users see and the language of the desk.

    Raises:
        ConflictError: when somebody else has the name.
    """
    async with writing(engine) as connection:
        agent = await _agent(connection, agents.c.id == agent_id)
        if display_name != agent.display_name:
            await _require_free(connection, display_name, but=agent.name)
        await _change(connection, agent_id, {"display_name": display_name, "language": language.value})
        return await _agent(connection, agents.c.id == agent_id)


async def set_role(engine: AsyncEngine, agent_id: int, role: Role) -> None:
    """Set what an agent may do; if that is new, he is signed out.

    Raises:
        ConflictError: when nobody would be left to admit agents.
    """
    async with writing(engine) as connection:
        agent = await _agent(connection, agents.c.id == agent_id)
        if agent.role is role:
            return
        await _keep_an_admin(connection, agent)
        await _change(connection, agent_id, {"role": role.value})
        await _sign_out(connection, agent_id)


async def disable_agent(engine: AsyncEngine, agent_id: int, now: datetime) -> None:
    """Keep an agent from signing in, and sign him out.

    Raises:
        ConflictError: when nobody would be left to admit agents.
    """
    async with writing(engine) as connection:
        agent = await _agent(connection, agents.c.id == agent_id)
        await _keep_an_admin(connection, agent)
        await _change(connection, agent_id, {"disabled_at": agent.disabled_at or now})
        await _sign_out(connection, agent_id)


async def enable_agent(engine: AsyncEngine, agent_id: int) -> None:
    """Let a disabled agent sign in again."""
    async with writing(engine) as connection:
        await _agent(connection, agents.c.id == agent_id)
        await _change(connection, agent_id, {"disabled_at": None})


async def _agent(connection: AsyncConnection, condition: Any) -> Agent:
    row: Any = (await connection.execute(select(agents).where(condition))).one_or_none()
    if row is None:
        raise NotFoundError("there is no such agent")
    return agent_of_row(row)


async def _require_free(connection: AsyncConnection, display_name: str, but: str) -> None:
    """Refuse a display name under which users or colleagues know somebody else."""
    others = await connection.execute(select(agents.c.display_name).where(agents.c.name != but))
    if folded_display_name(display_name) in NAMES_OF_OTHERS.union(map(folded_display_name, others.scalars())):
        raise ConflictError(
            f"somebody is called {display_name} already", {"text_name": "display_name_taken", "name": display_name}
        )


async def _change(connection: AsyncConnection, agent_id: int, values: dict[str, Any]) -> None:
    await connection.execute(update(agents).where(agents.c.id == agent_id).values(values))


async def _sign_out(connection: AsyncConnection, agent_id: int) -> None:
    await connection.execute(delete(sign_ins).where(sign_ins.c.agent_id == agent_id))


async def _keep_an_admin(connection: AsyncConnection, leaving: Agent) -> None:
    # Every admin's row is locked in one order: of two who disable each other at once, the second is refused.
    admins = select(agents.c.id).where(agents.c.role == Role.ADMIN.value, agents.c.disabled_at.is_(None))
    found = (await connection.execute(admins.order_by(agents.c.id).with_for_update())).scalars().all()
    if found == [leaving.id]:
        raise ConflictError("there must be an admin", {"text_name": "last_admin"})
