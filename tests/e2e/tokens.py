"""Tokens as they are at other times."""

from __future__ import annotations

import time
from typing import Any

import jwt

_AN_HOUR = 3600


def expired(token: str, secret: str) -> str:
    """The same token, as if it had ended an hour ago."""
    return _ending(token, secret, time.time() - _AN_HOUR)


def refreshed(token: str, secret: str) -> str:
    """Another token for the same, good for two hours."""
    return _ending(token, secret, time.time() + 2 * _AN_HOUR)


def _ending(token: str, secret: str, end: float) -> str:
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode({**claims, "exp": int(end)}, secret)
