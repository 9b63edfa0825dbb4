"""Who is speaking: the host application's JWT proves a user; the session token binds a conversation to him."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Any

import jwt

_ALGORITHM = "HS256"
USER_TOKEN_AUDIENCE = "wallet-hotline"  # noqa: S105 - the name of an audience, no secret
_SESSION_AUDIENCE = "wallet-hotline-session"
_CLOCK_SKEW_SECONDS = 30
_SESSION_SECONDS = 24 * 3600
# A proven user may take up a conversation again that he left this long ago.
_RENEWAL_SECONDS = 30 * 24 * 3600
_LONGEST_USER_ID = 128  # characters; the desk keeps no longer one


class IdentityError(ValueError):
    """A token that proves nothing: forged, expired, or for somebody else."""


@dataclass(frozen=True)
class Session:
    """A conversation and whose it is; ``user_id`` is None for a guest.

    ``writer`` is what a messaging channel calls whoever writes: always the same person, but no user of the wallet yet.
    ``language`` is the one the conversation begins in, while no message shows another; None is the bot's own choice.
    """

    conversation_id: str
    user_id: str | None
    language: str | None = None
    writer: str | None = None

    def as_metadata(self) -> dict[str, Any]:
        """What travels with each message. Actions trust this and nothing else."""
        writer = {"writer": self.writer} if self.writer else {}
        return {"identity": {"user_id": self.user_id, **writer}}


@dataclass(frozen=True)
class SessionToken:
    """What its holder shows with each message; ``expires_at`` in seconds since 1970."""

    token: str
    expires_at: int


def user_of_token(token: str, secret: str) -> str:
    """The user whom the host application signed in. Raises IdentityError."""
    user_id = str(_decode(token, secret, USER_TOKEN_AUDIENCE)["sub"])
    if not user_id or len(user_id) > _LONGEST_USER_ID:
        raise IdentityError("the token names no user")
    return user_id


def make_user_token(user_id: str, secret: str) -> str:
    """A host application's token; the terminal signs its own on a developer's machine."""
    now = int(time.time())
    claims = {"sub": user_id, "aud": USER_TOKEN_AUDIENCE, "iat": now, "exp": now + 3600}
    return jwt.encode(claims, secret, _ALGORITHM)


def new_session(channel: str, user_id: str | None, language: str | None = None, writer: str | None = None) -> Session:
    """A conversation nobody can guess."""
    return Session(f"{channel}-{secrets.token_urlsafe(16)}", user_id, language, writer)


def make_session_token(session: Session, secret: str) -> SessionToken:
    """The token of a session, good for a day."""
    expires_at = int(time.time()) + _SESSION_SECONDS
    claims = {
        "sub": session.conversation_id,
        "user": session.user_id,
        "lang": session.language,
        "writer": session.writer,
        "aud": _SESSION_AUDIENCE,
        "exp": expires_at,
    }
    return SessionToken(jwt.encode(claims, secret, _ALGORITHM), expires_at)


def session_of_token(token: str, secret: str) -> tuple[Session, int]:
    """The session of a token, and when it expires. Raises IdentityError."""
    claims = _decode(token, secret, _SESSION_AUDIENCE)
    return _session(claims), int(claims["exp"])


def session_to_renew(token: str, user_id: str | None, secret: str, writer: str | None = None) -> Session | None:
    """The session that its speaker goes on with, also some time after it expired if he is a proven user.

    None for another speaker's. Raises IdentityError.
    """
    leeway = _RENEWAL_SECONDS if user_id is not None else _CLOCK_SKEW_SECONDS
    session = _session(_decode(token, secret, _SESSION_AUDIENCE, leeway))
    return session if (session.user_id, session.writer) == (user_id, writer) else None


def _session(claims: dict[str, Any]) -> Session:
    return Session(str(claims["sub"]), claims.get("user"), claims.get("lang"), claims.get("writer"))


def _decode(token: str, secret: str, audience: str, leeway: int = _CLOCK_SKEW_SECONDS) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=audience,
            leeway=leeway,
            options={"require": ["exp", "sub", "aud"]},
        )
    except (jwt.PyJWTError, ValueError) as error:  # ValueError: characters that no encoding has
        raise IdentityError("the token is not valid") from error
