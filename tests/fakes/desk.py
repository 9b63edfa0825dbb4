"""A desk without HTTP: it takes hand-offs, is away, or refuses."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from actions.gateway.desk_client import Case, DeskClient
from actions.gateway.errors import Refused, ServiceAway
from tests.fakes.accounts import NOW


class FakeDesk(DeskClient):
    """Remembers each delivery in order. ``refuses`` gives the status for the numbers it does not take."""

    def __init__(self) -> None:
        self.is_away = False
        self.refuses: dict[str, int] = {}
        self.delivered: list[str] = []
        self.arrivals: asyncio.Queue[str] = asyncio.Queue()

    async def deliver(self, packet: dict[str, Any]) -> Case:
        """Take a packet."""
        number = packet["number"]
        if self.is_away:
            raise ServiceAway("away")
        if number in self.refuses:
            raise Refused(self.refuses[number], "refused")
        self.delivered.append(number)
        self.arrivals.put_nowait(number)
        return Case(number, "open", packet.get("topic"), None, "conversation-1", NOW + timedelta(hours=24), NOW)
