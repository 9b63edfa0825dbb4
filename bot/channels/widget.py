"""The in-app widget's channel: sessions, messages that are taken once, and a stream of what is said."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.errors import ChannelError
from bot.channels.identity import Session
from bot.channels.incoming import read_message
from bot.channels.limits import OpenAtOnce, Rate
from bot.channels.outgoing import show_message
from bot.channels.requests import address_of, body_of, seq_of_text
from bot.channels.sessions import Sessions
from bot.channels.streams import Stream
from bot.channels.turns import take_turn
from bot.handoff.states import State, is_served
from bot.settings import WidgetLimits, widget_limits
from bot.store.announcements import News
from bot.store.conversations import get
from bot.store.messages import messages_after
from bot.store.tracker_store import ConversationStore

_MOST_BYTES = 32_000  # of a body; a message of 2,000 characters in the longest spelling has 24,000
_PAGE = 200
_TYPING = {True: News.USER_TYPING, False: News.USER_STOPPED_TYPING}

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class WidgetOutput(OutputChannel):  # type: ignore[misc]
    """Sends nothing by itself: the stream and the list of messages read what the store has kept."""

    @classmethod
    def name(cls) -> str:
        """The channel's name."""
        return "widget"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Leave it to the store."""


class WidgetChannel(InputChannel):  # type: ignore[misc]
    """``/webhooks/widget``: POST sessions, POST messages, POST typing, GET messages, GET events."""

    def __init__(self, session_secret: str, user_token_secret: str, limits: WidgetLimits) -> None:
        self._secret = session_secret
        self._sessions = Sessions(self.name(), session_secret, user_token_secret)
        self._session_rate = Rate(limits.sessions_per_address)
        self._rate_of_session = Rate(limits.messages_per_session)
        self._rate_of_address = Rate(limits.requests_per_address)
        self._streams_of_session = OpenAtOnce(limits.streams_per_session)
        self._streams_of_address = OpenAtOnce(limits.streams_per_address)

    @classmethod
    def name(cls) -> str:
        """The channel's name in the address and in the record."""
        return "widget"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WidgetChannel:
        """The channel with the secrets that credentials.yml takes from the environment, and the limits set there."""
        return cls(**(credentials or {}), limits=widget_limits(os.environ))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes. They go another way than ``on_new_message``, see turns.py."""
        routes = Blueprint("widget_webhook")

        @routes.post("/sessions")
        async def open_session(request: Request) -> HTTPResponse:
            self._session_rate.count(address_of(request))
            return response.json(self._sessions.open(body_of(request, _MOST_BYTES)), status=201)

        @routes.post("/messages")
        async def take_message(request: Request) -> HTTPResponse:
            self._rate_of_address.count(address_of(request))
            session, _ = self._sessions.of(request)
            self._rate_of_session.count(session.conversation_id)
            body = body_of(request, _MOST_BYTES)
            if body.get("id") is None:
                raise ChannelError(400, "invalid_request", "a message has an id, by which it is taken once")
            incoming = read_message(body, session, self._secret)
            seq = await take_turn(request.app.ctx.agent, session, incoming, WidgetOutput())
            return response.json({"seq": seq}, status=202)

        @routes.post("/typing")
        async def take_typing(request: Request) -> HTTPResponse:
            self._rate_of_address.count(address_of(request))
            session, _ = self._sessions.of(request)
            on = body_of(request, _MOST_BYTES).get("on")
            if not isinstance(on, bool):
                raise ChannelError(400, "invalid_request", "on is true or false")
            await self._tell_typing(request, session, on)
            return response.empty()

        @routes.get("/messages")
        async def list_messages(request: Request) -> HTTPResponse:
            self._rate_of_address.count(address_of(request))
            session, _ = self._sessions.of(request)
            after = seq_of_text(request.args.get("after"))
            return response.json({"messages": await self._messages(request, session, after)})

        @routes.get("/events")
        async def stream_events(request: Request) -> None:
            self._rate_of_address.count(address_of(request))
            session, expires_at = self._sessions.of(request)
            after = seq_of_text(request.headers.get("last-event-id"))
            with (
                self._streams_of_address.one(address_of(request)),
                self._streams_of_session.one(session.conversation_id),
            ):
                stream = Stream(request.app.ctx.agent.tracker_store, session, self._secret, expires_at, after)
                await stream.serve(request)

        return routes

    async def _tell_typing(self, request: Request, session: Session, on: bool) -> None:
        """Tell it the person who serves; nobody else is to know."""
        store: ConversationStore = request.app.ctx.agent.tracker_store
        conversation = await get(store.database, session.conversation_id)
        if conversation and is_served(State(conversation.handoff_state or State.BOT)):
            await store.tell(session.conversation_id, _TYPING[on])

    async def _messages(self, request: Request, session: Session, after: int) -> list[dict[str, Any]]:
        database = request.app.ctx.agent.tracker_store.database
        stored = await messages_after(database, session.conversation_id, after, _PAGE)
        return [show_message(message, session, self._secret) for message in stored]
