"""The desk from outside: its cases, read and changed with the service token."""

from __future__ import annotations

import time
from typing import Any

from tests.stack.web import call

_DELIVERY_SECONDS = 20
_POLL_SECONDS = 0.1


class Desk:
    """The desk's API."""

    def __init__(self, url: str, token: str) -> None:
        self._url = f"{url}/v1/cases"
        self._token = token

    def case(self, number: str) -> Any:
        """The case of a number, waiting until it has been delivered."""
        deadline = time.monotonic() + _DELIVERY_SECONDS
        while True:
            answer = call("GET", f"{self._url}/{number}", token=self._token)
            if answer.status == 200 or time.monotonic() > deadline:
                return answer.expect(200)
            time.sleep(_POLL_SECONDS)

    def change(self, number: str, change: dict[str, Any]) -> Any:
        """Change a case."""
        return call("PATCH", f"{self._url}/{number}", change, token=self._token).expect(200)

    def cases_of(self, conversation_id: str) -> list[Any]:
        """Every case of a conversation."""
        url = f"{self._url}?conversation_id={conversation_id}"
        return list(call("GET", url, token=self._token).expect(200)["items"])
