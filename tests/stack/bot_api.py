"""The bot from the desk's side: letters into conversations, who is typing, news of all conversations."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.stack.event_stream import event_stream
from tests.stack.web import WebAnswer, call


class BotApi:
    """The bot's API for the desk."""

    def __init__(self, url: str, token: str) -> None:
        self._url = f"{url}/desk"
        self._token = token

    def post(self, path: str, body: Any, token: str | None = None) -> WebAnswer:
        """Send whatever it is, under another token if one is given."""
        return call("POST", f"{self._url}/{path}", body, token=self._token if token is None else token)

    def change(
        self, conversation_id: str, number: str, change: str, letter: str | None = None, **more: Any
    ) -> WebAnswer:
        """Tell a change of a hand-off."""
        body = {"id": letter or str(uuid.uuid4()), "number": number, "change": change, **more}
        return self.post(f"conversations/{conversation_id}/changes", body)

    def write(
        self, conversation_id: str, number: str, text: str, agent: str = "李雷", letter: str | None = None
    ) -> WebAnswer:
        """Send a line of a person."""
        body = {"id": letter or str(uuid.uuid4()), "number": number, "text": text, "agent": agent}
        return self.post(f"conversations/{conversation_id}/messages", body)

    def typing(self, conversation_id: str, on: Any) -> WebAnswer:
        """Tell that a person begins to type, or ends."""
        return self.post(f"conversations/{conversation_id}/typing", {"on": on})

    @contextmanager
    def news(self) -> Iterator[Iterator[dict[str, Any]]]:
        """The news of all conversations from now on."""
        with event_stream(f"{self._url}/news", self._token) as events:
            yield (event.data for event in events)
