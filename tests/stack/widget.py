"""The widget's channel from its user's side: a session, messages, a stream of what is said."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.stack.event_stream import ServerEvent as ServerEvent
from tests.stack.event_stream import event_stream
from tests.stack.web import WebAnswer, call


class WidgetConversation:
    """One conversation; ``user_token`` proves a user, without it he is a guest."""

    def __init__(self, bot_url: str, user_token: str | None = None, **more: Any) -> None:
        self._url = f"{bot_url}/webhooks/widget"
        body = {"user_token": user_token, **more} if user_token else more
        self.opened: dict[str, Any] = call("POST", f"{self._url}/sessions", body).expect(201)
        self.id: str = self.opened["conversation_id"]
        self.token: str = self.opened["session_token"]

    def post(self, body: Any, token: str | None = None) -> WebAnswer:
        """Send whatever it is, under another token if one is given."""
        return call("POST", f"{self._url}/messages", body, token=self.token if token is None else token)

    def send(self, text: str, message_id: str | None = None) -> int:
        """Type something; its seq."""
        return int(self.post({"id": message_id or new_id(), "text": text}).expect(202)["seq"])

    def tap(self, token: str, **more: str) -> WebAnswer:
        """Tap a button, about a transaction if one is given."""
        return self.post({"id": new_id(), "choice": token, **more})

    def say(self, text: str) -> list[dict[str, Any]]:
        """Type something; what was answered."""
        return self.messages(self.send(text))

    def open_with(self, topic: str, language: str, **more: str) -> list[dict[str, Any]]:
        """Begin with a topic; what was answered."""
        return self.messages(self.tap(self.opened["choices"][language][topic], **more).expect(202)["seq"])

    def typing(self, on: Any) -> WebAnswer:
        """Begin to type, or end."""
        return call("POST", f"{self._url}/typing", {"on": on}, token=self.token)

    def standing(self) -> dict[str, Any]:
        """Where the conversation stands between bot and person, as its stream tells it."""
        with self.stream() as events:
            return next(event.data for event in events if event.kind == "state")

    def messages(self, after: int = 0) -> list[dict[str, Any]]:
        """What was said after a seq."""
        return list(self.get(f"messages?after={after}").expect(200)["messages"])

    def get(self, path: str, token: str | None = None) -> WebAnswer:
        """Ask for something, under another token if one is given."""
        return call("GET", f"{self._url}/{path}", token=self.token if token is None else token)

    @contextmanager
    def stream(self, after: int | None = None) -> Iterator[Iterator[ServerEvent]]:
        """The events from now on, or from a seq on."""
        with event_stream(f"{self._url}/events", self.token, after) as events:
            yield events


def new_id() -> str:
    """An id for a message."""
    return str(uuid.uuid4())
