"""A desk without HTTP: it takes hand-offs, tells how they stand, is away, or refuses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.gateway.desk_client import DeskClient, Standing
from actions.gateway.errors import Refused, ServiceAway
from tests.fakes.accounts import NOW

QUEUED = Standing("", "queued", 2, (3, 8), None, None, None, None)
CASE = Standing("", "case", None, None, None, NOW + timedelta(hours=8), "nobody", None)


class FakeDesk(DeskClient):
    """Remembers each delivery in order. ``refuses`` gives the status for the numbers it does not take.

    ``standing`` is what it answers of every hand-off, ``standings`` of single ones. ``has_them``: a person has whatever
    the user would take back.
    """

    def __init__(self) -> None:
        self.is_away = False
        self.refuses: dict[str, int] = {}
        self.standing = CASE
        self.standings: dict[str, Standing] = {}
        self.has_them = False
        self.delivered: list[str] = []
        self.cancelled: list[str] = []
        self.arrivals: asyncio.Queue[str] = asyncio.Queue()

    async def deliver(self, packet: dict[str, Any]) -> Standing:
        """Take a packet."""
        number = packet["number"]
        self._check(number)
        self.delivered.append(number)
        self.arrivals.put_nowait(number)
        return self._standing(number)

    async def handoff(self, number: str) -> Standing | None:
        """How it stands."""
        self._check(number)
        return self._standing(number)

    async def cancel(self, number: str) -> bool:
        """Take it back."""
        self._check(number)
        if not self.has_them:
            self.cancelled.append(number)
        return not self.has_them

    def _check(self, number: str) -> None:
        if self.is_away:
            raise ServiceAway("away")
        if number in self.refuses:
            raise Refused(self.refuses[number], "refused")

    def _standing(self, number: str) -> Standing:
        return replace(self.standings.get(number, self.standing), number=number)
