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
_LONGEST_USER_ID = 128  # characters; the desk keeps no longer one


class IdentityError(ValueError):
    """A token that proves nothing: forged, expired, or for somebody else."""


@dataclass(frozen=True)
class Session:
    """A conversation and whose it is; ``user_id`` is None for a guest."""

    conversation_id: str
    user_id: str | None

    def as_metadata(self) -> dict[str, Any]:
        """What travels with each message. Actions trust this and nothing else."""
        return {"identity": {"user_id": self.user_id}}


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


def new_session(channel: str, user_id: str | None) -> Session:
    """A conversation nobody can guess."""
    return Session(f"{channel}-{secrets.token_urlsafe(16)}", user_id)


def make_session_token(session: Session, secret: str) -> str:
    """The token its holder shows with each message of the conversation."""
    claims = {
        "sub": session.conversation_id,
        "user": session.user_id,
        "aud": _SESSION_AUDIENCE,
        "exp": int(time.time()) + _SESSION_SECONDS,
    }
    return jwt.encode(claims, secret, _ALGORITHM)


def session_of_token(token: str, secret: str) -> Session:
    """The session of a token. Raises IdentityError."""
    claims = _decode(token, secret, _SESSION_AUDIENCE)
    return Session(str(claims["sub"]), claims.get("user"))


def _decode(token: str, secret: str, audience: str) -> dict[str, Any]:
    try:
        return jwt.decode(
            token,
            secret,
            algorithms=[_ALGORITHM],
            audience=audience,
            leeway=_CLOCK_SKEW_SECONDS,
            options={"require": ["exp", "sub", "aud"]},
        )
    except (jwt.PyJWTError, ValueError) as error:  # ValueError: characters that no encoding has
        raise IdentityError("the token is not valid") from error
