"""A desk beside made-up conversations."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from sqlalchemy.engine import Connection

from bot.desk.clock import Clock
from bot.store.record import append
from tests.integration.desk.conftest import TOKEN
from tests.integration.desk.figures.made_up import made_up
from tests.integration.desk.figures.recount import Told, recount
from tests.integration.desk.review.conftest import desk, engine, lead, record, sign_in
from tests.integration.desk.review.talk import Record

__all__ = ["desk", "engine", "lead", "record", "sign_in"]

CONVERSATIONS = 120


@pytest.fixture
def told(record: Record, clock: Clock) -> list[Told]:
    """Made-up conversations up to now: their episodes, as their events tell them."""
    conversations = made_up(CONVERSATIONS, clock().timestamp())

    def keep(connection: Connection) -> None:
        for conversation in conversations:
            append(connection, conversation.id, conversation.events)

    record.database.migrate(keep)
    return recount(conversations)


@pytest.fixture
async def program(desk: str) -> AsyncIterator[aiohttp.ClientSession]:
    """A program that bears the service token."""
    async with aiohttp.ClientSession(desk, headers={"Authorization": f"Bearer {TOKEN}"}) as session:
        yield session
