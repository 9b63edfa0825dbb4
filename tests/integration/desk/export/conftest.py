"""The desk, the record and the leads of the review, and what stands between the desk and the record."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

import pytest
from sanic import Sanic
from sqlalchemy.engine import Connection

import tests.integration.desk.conftest as serving_desk
from bot.desk.app import create_app
from bot.desk.export import walk
from tests.integration.desk.review.conftest import desk, engine, lead, record, sign_in

__all__ = ["apps", "desk", "engine", "in_between", "lead", "record", "sign_in"]

Result = TypeVar("Result")


class InBetween:
    """Hands on what the desk reads of the conversations; from ``holds_at`` on only once ``gate`` is open, or fails."""

    def __init__(self, app: Sanic) -> None:
        self.lasting = app.ctx.lasting
        self.gate, self.held = asyncio.Event(), asyncio.Event()
        self.reads = 0
        self.holds_at: int | None = None
        self.error: Exception | None = None
        self._conversations = app.ctx.conversations
        app.ctx.conversations = self

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        self.reads += 1
        if self.holds_at is not None and self.reads >= self.holds_at:
            if self.error is not None:
                raise self.error
            self.held.set()
            await self.gate.wait()
        result: Result = await self._conversations.read(work)
        return result


@pytest.fixture(autouse=True)
def apps(monkeypatch: pytest.MonkeyPatch) -> list[Sanic]:
    """The applications that are made while a test runs."""
    made: list[Sanic] = []

    def make(*parts: Any) -> Sanic:
        made.append(create_app(*parts))
        return made[-1]

    monkeypatch.setattr(serving_desk, "create_app", make)
    return made


@pytest.fixture
async def in_between(apps: list[Sanic], desk: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[InBetween]:
    """What stands between the desk and the record; pages have two conversations, so that few make many pieces."""
    monkeypatch.setattr(walk, "PAGE_LENGTH", 2)
    yield InBetween(apps[0])
