"""Sign-ins: each lasts twelve hours, and is kept by the hash of the token that the browser bears."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.desk.agents.passwords import Passwords
from bot.desk.agents.payloads import Agent, SignIn
from bot.desk.agents.rows import agent_of_row
from bot.desk.agents.rules import LONGEST_PASSWORD, folded_name, folded_password
from bot.desk.agents.tables import agents, sign_ins
from bot.desk.database import reading, writing

LASTS = timedelta(hours=12)
# Put together, what is typed becomes shorter: three keys may be one Korean syllable.
LONGEST_TYPED = 3 * LONGEST_PASSWORD


async def check_password(
    engine: AsyncEngine, passwords: Passwords, name: str, password: str
) -> tuple[Agent | None, bool]:
    """Tell whose name this is, if anybody's, and whether the password lets him in.

    A name that is nobody's, a wrong password and a disabled agent take the same time.
    """
    async with reading(engine) as connection:
        query = select(agents).where(agents.c.name == folded_name(name))
        row: Any = (await connection.execute(query)).one_or_none()
    # One that could never have been set costs no more than any other.
    is_possible = row is not None and len(password) <= LONGEST_TYPED
    given = folded_password(password[:LONGEST_TYPED])
    matches = await passwords.verify(row.password_hash if is_possible else None, given)
    agent = None if row is None else agent_of_row(row)
    return agent, matches and agent is not None and not agent.is_disabled


async def begin(engine: AsyncEngine, agent: Agent, now: datetime) -> str:
    """Sign an agent in; gives the token that his browser is to bear."""
    token = secrets.token_urlsafe(32)
    values = {
        "token_hash": _hash(token),
        "agent_id": agent.id,
        "csrf": secrets.token_urlsafe(32),
        "created_at": now,
        "expires_at": now + LASTS,
    }
    async with writing(engine) as connection:
        # Nobody comes back for these.
        await connection.execute(delete(sign_ins).where(sign_ins.c.expires_at <= now))
        await connection.execute(insert(sign_ins).values(values))
    return token


async def find(engine: AsyncEngine, token: str, now: datetime) -> SignIn | None:
    """Find who bears a token, unless it has expired or he is disabled."""
    query = (
        select(agents, sign_ins.c.csrf, sign_ins.c.expires_at)
        .join(sign_ins, sign_ins.c.agent_id == agents.c.id)
        .where(
            sign_ins.c.token_hash == _hash(token),
            sign_ins.c.expires_at > now,
            agents.c.disabled_at.is_(None),
        )
    )
    async with reading(engine) as connection:
        row: Any = (await connection.execute(query)).one_or_none()
    return None if row is None else SignIn(agent_of_row(row), row.csrf, row.expires_at)


async def end(engine: AsyncEngine, token: str) -> None:
    """Sign out the one who bears a token."""
    async with writing(engine) as connection:
        await connection.execute(delete(sign_ins).where(sign_ins.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()
