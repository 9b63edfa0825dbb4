"""Opens conversations and says whose a request is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sanic.request import Request

from bot.channels.errors import ChannelError
from bot.channels.identity import (
    IdentityError,
    Session,
    make_session_token,
    new_session,
    session_of_token,
    session_to_renew,
    user_of_token,
)
from bot.channels.openings import LANGUAGES, opening_tokens
from bot.channels.requests import bearer_of

_WRITER = re.compile(r"[!-~]{1,64}")


@dataclass(frozen=True)
class Sessions:
    """The sessions of one channel, with the secrets that sign them.

    ``takes_writers``: who opens one may say that he writes as on a messaging channel, and what that would call him.
    """

    channel: str
    session_secret: str
    user_token_secret: str
    takes_writers: bool = False

    def open(self, body: dict[str, Any]) -> dict[str, Any]:
        """A new conversation, or with ``session_token`` an earlier one of the same speaker. Raises ChannelError."""
        user_id, language = self._user(body.get("user_token")), body.get("language")
        if language is not None and language not in LANGUAGES:
            raise ChannelError(400, "invalid_request", f"language is one of {', '.join(LANGUAGES)}")
        earlier, writer = body.get("session_token"), self._writer(body.get("writer"), user_id)
        if earlier is None:
            session = new_session(self.channel, user_id, language, writer)
        else:
            session = self._renewed(earlier, user_id, writer)
        signed = make_session_token(session, self.session_secret)
        return {
            "conversation_id": session.conversation_id,
            "session_token": signed.token,
            "expires_at": datetime.fromtimestamp(signed.expires_at, timezone.utc).isoformat(),
            "choices": opening_tokens(session, self.session_secret),
        }

    def of(self, request: Request) -> tuple[Session, int]:
        """The session of a request and when it expires, in seconds since 1970. Raises ChannelError."""
        try:
            session, expires_at = session_of_token(bearer_of(request), self.session_secret)
        except IdentityError as error:
            raise ChannelError(401, "unauthenticated", str(error)) from error
        # Whoever asks for another's conversation does not learn whether there is one.
        if request.args.get("conversation_id", session.conversation_id) != session.conversation_id:
            raise ChannelError(404, "not_found", "there is no such conversation")
        return session, expires_at

    def _user(self, token: Any) -> str | None:
        if token is None:
            return None
        try:
            return user_of_token(str(token), self.user_token_secret)
        except IdentityError as error:
            raise ChannelError(401, "unauthenticated", str(error)) from error

    def _writer(self, name: Any, user_id: str | None) -> str | None:
        if name is None or not self.takes_writers:
            return None
        if user_id is not None or not isinstance(name, str) or not _WRITER.fullmatch(name):
            raise ChannelError(400, "invalid_request", "a writer has a name of letters, digits and signs, and no token")
        return name

    def _renewed(self, token: Any, user_id: str | None, writer: str | None) -> Session:
        try:
            session = session_to_renew(str(token), user_id, self.session_secret, writer)
        except IdentityError as error:
            raise ChannelError(401, "unauthenticated", str(error)) from error
        if session is None:
            raise ChannelError(404, "not_found", "there is no such conversation")
        return session
