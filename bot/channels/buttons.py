"""Buttons of this server: a payload goes out as a signed token and comes back as an intent, never as typed text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import Any

import jwt

from bot.channels.identity import IdentityError

_ALGORITHM = "HS256"
_AUDIENCE = "wallet-hotline-button"
_PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?")
# Said without a question before them these mean nothing, said after another one they mean something else.
ANSWERS = frozenset({"affirm", "deny", "step_done", "step_failed"})
RATING = "rate_service"


@dataclass(frozen=True)
class Choice:
    """What a button stands for. ``question`` is the seq of the message it answers; None if it is good at any time."""

    title: str
    intent: str
    entities: dict[str, Any]
    question: int | None = None

    @classmethod
    def of_payload(cls, title: str, payload: str, seq: int | None = None) -> Choice:
        """The choice of a payload such as ``/rate_service{"stars": "5"}`` in the message of that seq.

        Raises ValueError for another payload.
        """
        found = _PAYLOAD.fullmatch(payload)
        if not found:
            raise ValueError(f"{payload!r} is no payload of a button")
        question = seq if found["intent"] in ANSWERS else None
        return cls(title, found["intent"], json.loads(found["entities"] or "{}"), question)

    def about(self, transaction: str) -> Choice:
        """The same about one payment or top-up."""
        return replace(self, entities={**self.entities, "transaction_id": transaction})

    def in_language(self, language: str) -> Choice:
        """The same in a language, unless it bears one."""
        return replace(self, entities={"language": language, **self.entities})

    def as_parse_data(self) -> dict[str, Any]:
        """In the shape of an NLU result."""
        intent = {"name": self.intent, "confidence": 1.0}
        return {
            "text": self.title,
            "intent": intent,
            "intent_ranking": [intent],
            "entities": [
                {"entity": name, "value": value, "start": 0, "end": 0} for name, value in self.entities.items()
            ],
        }


def make_button_token(choice: Choice, conversation_id: str, secret: str) -> str:
    """A token for a choice, good in one conversation."""
    claims = {
        "title": choice.title,
        "intent": choice.intent,
        "entities": choice.entities,
        "question": choice.question,
        "sub": conversation_id,
        "aud": _AUDIENCE,
    }
    return jwt.encode(claims, secret, _ALGORITHM)


def parse_button_token(token: str, conversation_id: str, secret: str) -> Choice:
    """The choice of a button that was tapped. Raises IdentityError."""
    try:
        claims = jwt.decode(
            token, secret, algorithms=[_ALGORITHM], audience=_AUDIENCE, options={"require": ["sub", "intent", "title"]}
        )
    except (jwt.PyJWTError, ValueError) as error:  # ValueError: characters that no encoding has
        raise IdentityError("the choice is not valid") from error
    if claims["sub"] != conversation_id:
        raise IdentityError("the choice is not valid")
    return Choice(claims["title"], claims["intent"], claims.get("entities") or {}, claims.get("question"))
