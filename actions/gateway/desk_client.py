"""Cases at the desk: a hand-off goes in, how it stands comes out."""

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


class DeskClient:
    """The case endpoints of the desk. All methods raise ServiceAway when the desk does not answer."""

    def __init__(self, service: JsonService) -> None:
        self._service = service

    async def deliver(self, packet: dict[str, Any]) -> Case:
        """Hand a packet over. Delivering the same number again changes nothing. Raises Refused for a bad packet."""
        return _case(await self._service.call("POST", "/v1/cases", body=packet))

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


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
