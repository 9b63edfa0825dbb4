"""Server-sent events of a conversation: what was said after a seq, then what is said, who types, who serves."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from sanic.request import Request

from bot.channels.identity import Session
from bot.channels.outgoing import show_message
from bot.store.announcements import News
from bot.store.handoffs import handoff_of
from bot.store.messages import BOT, OF_PERSON, messages_after
from bot.store.tracker_store import ConversationStore

_PING_SECONDS = 15.0
_PAGE = 200
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # the second one is nginx's
_TYPING = {
    News.TYPING: {"author": BOT, "on": True},
    News.STOPPED_TYPING: {"author": BOT, "on": False},
    News.PERSON_TYPING: {"author": OF_PERSON, "on": True},
    News.PERSON_STOPPED_TYPING: {"author": OF_PERSON, "on": False},
}
# What of a hand-off the user's side is told; all None where there is none.
_STANDING = ("number", "position", "wait", "agent", "due_at", "why", "opens_at")


@dataclass
class Stream:
    """One open stream; ``after`` is the seq of the newest message it has sent."""

    store: ConversationStore
    session: Session
    secret: str
    expires_at: int
    after: int
    _state: dict[str, Any] | None = field(default=None, init=False)
    _response: Any = field(default=None, init=False)

    async def serve(self, request: Request) -> None:
        """Send until the client goes, the session expires or the process ends."""
        with self.store.announcements.of(self.session.conversation_id) as news:
            self._response = await request.respond(content_type="text/event-stream", headers=_HEADERS)
            await self._send_what_is_stored()
            while time.time() < self.expires_at:
                try:
                    item = await asyncio.wait_for(news.get(), _PING_SECONDS)
                except asyncio.TimeoutError:
                    await self._response.send(": ping\n\n")
                    continue
                if item is News.CLOSING:
                    break
                if item is News.STORED:
                    await self._send_what_is_stored()
                elif item in _TYPING:
                    await self._send("typing", _TYPING[item])
            await self._response.eof()

    async def _send_what_is_stored(self) -> None:
        database, conversation_id = self.store.database, self.session.conversation_id
        while messages := await messages_after(database, conversation_id, self.after, _PAGE):
            for message in messages:
                await self._send("message", show_message(message, self.session, self.secret), message.seq)
            self.after = messages[-1].seq
            if len(messages) < _PAGE:
                break
        handoff = await handoff_of(database, conversation_id) or {}
        state = {"handoff": handoff.get("state"), **{name: handoff.get(name) for name in _STANDING}}
        if state != self._state:
            await self._send("state", state)
            self._state = state

    async def _send(self, event: str, data: dict[str, Any], seq: int | None = None) -> None:
        number = "" if seq is None else f"id: {seq}\n"
        await self._response.send(f"{number}event: {event}\ndata: {json.dumps(data)}\n\n")
