"""Buttons of this server: a payload goes out as a signed token and comes back as an intent, never as typed text."""

from __future__ import annotations

import json
import re
from typing import Any

import jwt

from bot.channels.identity import IdentityError

_ALGORITHM = "HS256"
_AUDIENCE = "wallet-hotline-button"
_PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?")


def make_button_token(title: str, payload: str, conversation_id: str, secret: str) -> str:
    """A token for a payload such as ``/rate_service{"stars": "5"}``, good in one conversation."""
    claims = {"title": title, "pay": payload, "sub": conversation_id, "aud": _AUDIENCE}
    return jwt.encode(claims, secret, _ALGORITHM)


def parse_button_token(token: str, conversation_id: str, secret: str) -> dict[str, Any]:
    """The parse data a tapped button stands for, in the shape of an NLU result. Raises IdentityError."""
    try:
        claims = jwt.decode(
            token, secret, algorithms=[_ALGORITHM], audience=_AUDIENCE, options={"require": ["sub", "pay", "title"]}
        )
    except (jwt.PyJWTError, ValueError) as error:  # ValueError: characters that no encoding has
        raise IdentityError("the choice is not valid") from error
    found = _PAYLOAD.fullmatch(claims["pay"])
    if claims["sub"] != conversation_id or not found:
        raise IdentityError("the choice is not valid")
    entities = json.loads(found["entities"] or "{}")
    intent = {"name": found["intent"], "confidence": 1.0}
    return {
        "text": claims["title"],
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [{"entity": name, "value": value, "start": 0, "end": 0} for name, value in entities.items()],
    }
