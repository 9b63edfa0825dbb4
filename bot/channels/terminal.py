"""The terminal's channel: a session, then one request a message, answered with what the bot says."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.buttons import make_button_token, parse_button_token
from bot.channels.identity import (
    IdentityError,
    Session,
    make_session_token,
    new_session,
    session_of_token,
    user_of_token,
)
from bot.channels.plain_text import as_plain_text

logger = logging.getLogger(__name__)

LONGEST_TEXT = 2000  # characters; nobody describes a failure in more

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class ChannelError(Exception):
    """A request that cannot be served, as the caller is told it."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code

    def as_response(self) -> HTTPResponse:
        """``{"code", "message"}`` with its status."""
        return response.json({"code": self.code, "message": str(self)}, status=self.status)


class TerminalChannel(InputChannel):  # type: ignore[misc]
    """``POST /webhooks/terminal/sessions`` and ``/messages``. It answers a message in the same request."""

    def __init__(self, session_secret: str, user_token_secret: str) -> None:
        self._session_secret = session_secret
        self._user_token_secret = user_token_secret

    @classmethod
    def name(cls) -> str:
        """The channel's name in the address and in the record."""
        return "terminal"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TerminalChannel:
        """The channel with the secrets that credentials.yml takes from the environment."""
        return cls(**(credentials or {}))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes."""
        routes = Blueprint("terminal_webhook")

        @routes.post("/sessions")
        async def open_session(request: Request) -> HTTPResponse:
            try:
                return response.json(self._open_session(body_of(request)), status=201)
            except ChannelError as error:
                return error.as_response()

        @routes.post("/messages")
        async def take_message(request: Request) -> HTTPResponse:
            try:
                session = self._session(request)
                output = CollectingOutputChannel()
                await on_new_message(self._message(body_of(request), session, output))
            except ChannelError as error:
                return error.as_response()
            return response.json({"messages": self._outgoing(output, session)})

        return routes

    def _open_session(self, body: dict[str, Any]) -> dict[str, Any]:
        token, user_id = body.get("user_token"), None
        if token is not None:
            try:
                user_id = user_of_token(str(token), self._user_token_secret)
            except IdentityError as error:
                raise ChannelError(401, "unauthenticated", str(error)) from error
        session = new_session(self.name(), user_id)
        token = make_session_token(session, self._session_secret)
        return {"conversation_id": session.conversation_id, "session_token": token}

    def _session(self, request: Request) -> Session:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            raise ChannelError(401, "unauthenticated", "a session token is needed")
        try:
            return session_of_token(token, self._session_secret)
        except IdentityError as error:
            raise ChannelError(401, "unauthenticated", str(error)) from error

    def _message(self, body: dict[str, Any], session: Session, output: CollectingOutputChannel) -> UserMessage:
        choice, text = body.get("choice"), body.get("text")
        parse_data = None
        if isinstance(choice, str):
            try:
                parse_data = parse_button_token(choice, session.conversation_id, self._session_secret)
            except IdentityError as error:
                raise ChannelError(403, "forbidden", str(error)) from error
            text = str(parse_data["text"])
        elif not isinstance(text, str) or not text.strip():
            raise ChannelError(400, "invalid_request", "a message has a text or a choice")
        elif len(text) > LONGEST_TEXT:
            raise ChannelError(413, "body_too_large", f"a message has at most {LONGEST_TEXT} characters")
        return UserMessage(
            as_plain_text(text),
            output,
            session.conversation_id,
            parse_data=parse_data,
            input_channel=self.name(),
            metadata=session.as_metadata(),
        )

    def _outgoing(self, output: CollectingOutputChannel, session: Session) -> list[dict[str, Any]]:
        return [
            {
                "text": message.get("text", ""),
                "buttons": [
                    {
                        "title": button["title"],
                        "token": make_button_token(
                            button["title"], button["payload"], session.conversation_id, self._session_secret
                        ),
                    }
                    for button in message.get("buttons", [])
                ],
            }
            for message in output.messages
        ]


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of a request. Raises ChannelError."""
    try:
        body = request.json
    except Exception as error:  # Sanic raises InvalidUsage, whatever the bytes were
        raise ChannelError(400, "invalid_request", "the body is not JSON") from error
    if not isinstance(body, dict):
        raise ChannelError(400, "invalid_request", "the body is not a JSON object")
    return body
