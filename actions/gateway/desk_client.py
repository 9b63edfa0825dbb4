"""The desk: a hand-off goes in, how it stands comes out, and how a case stands that became of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from actions.gateway.errors import Refused, ServiceAway
from actions.gateway.http import JsonService


@dataclass(frozen=True)
class Case:
    """A case as the user may know it."""

    number: str
    state: str
    topic: str | None
    user_id: str | None
    conversation_id: str
    due_at: datetime
    created_at: datetime


@dataclass(frozen=True)
class Standing:
    """How a hand-off stands: in the queue at a ``position``, for ``wait`` (from, to) minutes more, or why it is a case.

    ``wait`` is None where nobody can tell yet; ``why`` is closed, nobody or waited; ``opens_at`` when service begins.
    """

    number: str
    state: str
    position: int | None
    wait: tuple[int, int] | None
    agent: str | None
    due_at: datetime | None
    why: str | None
    opens_at: datetime | None


class DeskClient:
    """What the desk offers the bot. All methods raise ServiceAway when the desk does not answer."""

    def __init__(self, service: JsonService) -> None:
        self._service = service

    async def deliver(self, packet: dict[str, Any]) -> Standing:
        """Hand a packet over. Delivering the same one again changes nothing. Raises Refused for a bad packet."""
        return _standing(await self._service.call("POST", "/v1/handoffs", body=packet))

    async def handoff(self, number: str) -> Standing | None:
        """How the hand-off of that number stands, if there is one."""
        try:
            return _standing(await self._service.call("GET", f"/v1/handoffs/{quote(number, safe='')}"))
        except Refused as refusal:
            if refusal.status in (400, 404):
                return None
            raise

    async def cancel(self, number: str) -> bool:
        """Take a hand-off back, which is nothing new for one that the desk never had; False when a person has it."""
        try:
            await self._service.call("POST", f"/v1/handoffs/{quote(number, safe='')}/cancel")
        except Refused as refusal:
            if refusal.status == 409:
                return False
            if refusal.status not in (400, 404):
                raise
        return True

    async def case(self, number: str) -> Case | None:
        """The case of that number, if there is one."""
        try:
            return _case(await self._service.call("GET", f"/v1/cases/{quote(number, safe='')}"))
        except Refused as refusal:
            if refusal.status in (400, 404):
                return None
            raise

    async def newest_case(self, *, user_id: str | None, conversation_id: str) -> Case | None:
        """The newest case of a user, or of this conversation when nobody is proven."""
        query = {"user_id": user_id} if user_id else {"conversation_id": conversation_id}
        answer = await self._service.call("GET", "/v1/cases", query={**query, "limit": "1"})
        items = answer.get("items") if isinstance(answer, dict) else None
        return _case(items[0]) if items else None


def _case(value: Any) -> Case:
    try:
        return Case(
            number=value["number"],
            state=value["state"],
            topic=value["topic"],
            user_id=value["user_id"],
            conversation_id=value["conversation_id"],
            due_at=_time(value["due_at"]),
            created_at=_time(value["created_at"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ServiceAway(f"unreadable case: {error!r}") from error


def _standing(value: Any) -> Standing:
    try:
        wait = value["wait"]
        return Standing(
            number=value["number"],
            state=value["state"],
            position=value["position"],
            wait=None if wait is None else (int(wait[0]), int(wait[1])),
            agent=value["agent"],
            due_at=_time(value["due_at"]) if value["due_at"] else None,
            why=value["why"],
            opens_at=_time(value["opens_at"]) if value["opens_at"] else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise ServiceAway(f"unreadable hand-off: {error!r}") from error


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
