"""The terminal's channel: a session, then one request a message, answered with what the bot says."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from itertools import takewhile
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.incoming import read_message
from bot.channels.outgoing import show_message
from bot.channels.requests import body_of, seq_of_text
from bot.channels.sessions import Sessions
from bot.channels.turns import take_turn
from bot.store.messages import USER, messages_after

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class TerminalOutput(CollectingOutputChannel):  # type: ignore[misc]
    """Collects; what the terminal shows is read from the store."""

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "terminal"


class TerminalChannel(InputChannel):  # type: ignore[misc]
    """``POST /webhooks/terminal/sessions`` and ``/messages``, which answers in the same request; ``GET /messages`` has
    what was said since, as by a person.
    """

    def __init__(self, session_secret: str, user_token_secret: str) -> None:
        self._secret = session_secret
        self._sessions = Sessions(self.name(), session_secret, user_token_secret, takes_writers=True)

    @classmethod
    def name(cls) -> str:
        """The channel's name in the address and in the record."""
        return "terminal"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TerminalChannel:
        """The channel with the secrets that credentials.yml takes from the environment."""
        return cls(**(credentials or {}))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes. They go another way than ``on_new_message``, see turns.py."""
        routes = Blueprint("terminal_webhook")

        @routes.post("/sessions")
        async def open_session(request: Request) -> HTTPResponse:
            return response.json(self._sessions.open(body_of(request)), status=201)

        @routes.post("/messages")
        async def take_message(request: Request) -> HTTPResponse:
            session, _ = self._sessions.of(request)
            incoming = read_message(body_of(request), session, self._secret)
            agent = request.app.ctx.agent
            seq = await take_turn(agent, session, incoming, TerminalOutput())
            later = await messages_after(agent.tracker_store.database, session.conversation_id, seq)
            answers = takewhile(lambda message: message.author != USER, later)
            return response.json({"messages": [show_message(answer, session, self._secret) for answer in answers]})

        @routes.get("/messages")
        async def list_messages(request: Request) -> HTTPResponse:
            session, _ = self._sessions.of(request)
            database, after = request.app.ctx.agent.tracker_store.database, seq_of_text(request.args.get("after"))
            stored = await messages_after(database, session.conversation_id, after)
            return response.json({"messages": [show_message(message, session, self._secret) for message in stored]})

        return routes
