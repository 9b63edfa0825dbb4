"""A conversation event by event, in pieces of so many messages: for who looks at how the bot took what was said."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from bot.store.messages import BOT, USER
from bot.store.summary import FALLBACK, EventData
from bot.store.tables import events

# A piece has so many messages, and what happened between them; what is left out of a longer one is its oldest.
MESSAGES, MOST_EVENTS = 100, 4000
# A piece around a line begins so many messages before it.
BEFORE = 20


@dataclass(frozen=True)
class StoredEvent:
    """One event. ``seq`` is its id, ``at`` seconds since 1970, ``data`` the event as Rasa writes it."""

    seq: int
    at: float
    data: EventData


@dataclass(frozen=True)
class Piece:
    """Some events, oldest first. ``before_at`` is when the last one before them was, None where they are the first.

    ``earlier`` is the seq before which the piece before this one ends, ``later`` the one after which the next begins;
    None where there is none.
    """

    events: tuple[StoredEvent, ...]
    before_at: float | None = None
    earlier: int | None = None
    later: int | None = None


@dataclass(frozen=True)
class Guess:
    """An intent and how sure the classifier was of it, from 0 to 1."""

    intent: str
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """What the bot took a line of the user for; ``guesses`` are the intents by likelihood, the best one first.

    ``intent`` is what it acted upon: the first guess, or the fallback where it rather asked back. A button that was
    pressed has no ``language``: nothing had to be understood.
    """

    intent: str | None
    confidence: float
    guesses: tuple[Guess, ...] = ()
    entities: tuple[tuple[str, str], ...] = ()
    language: str | None = None

    @property
    def is_fallback(self) -> bool:
        """Whether the bot did not understand."""
        return self.intent == FALLBACK

    @property
    def others(self) -> tuple[Guess, ...]:
        """The runners-up."""
        return tuple(guess for guess in self.guesses if guess.intent != self.intent)


def understanding_of(event: EventData) -> Understanding:
    """How a user's event was understood."""
    parsed = event.get("parse_data") or {}
    intent = (parsed.get("intent") or {}).get("name")
    rows = parsed.get("intent_ranking") or [parsed.get("intent") or {}]
    guesses = tuple(
        Guess(str(row["name"]), float(row.get("confidence") or 0))
        for row in rows
        if row.get("name") and row["name"] != FALLBACK
    )
    best = max((guess.confidence for guess in guesses), default=0.0)
    found = ((each.get("entity"), each.get("value")) for each in parsed.get("entities") or ())
    entities = tuple((str(name), _plain(value)) for name, value in found if name and name != "language")
    language = parsed.get("language")
    return Understanding(
        intent=str(intent) if intent else None,
        confidence=best,
        guesses=guesses,
        entities=tuple(dict.fromkeys(entities)),
        language=str(language) if language else None,
    )


def newest(connection: Connection, conversation_id: str, before: int | None = None) -> Piece:
    """The newest messages, or those before a seq, with all that happened from the first of them on."""
    said = _said(conversation_id)
    if before is not None:
        said = said.where(events.c.id < before)
    start = connection.execute(said.order_by(events.c.id.desc()).offset(MESSAGES - 1).limit(1)).scalar()
    return _read(connection, conversation_id, start or 0, before)


def following(connection: Connection, conversation_id: str, after: int) -> Piece:
    """The next messages behind a seq."""
    return _read(connection, conversation_id, after + 1, _end(connection, conversation_id, after + 1))


def around(connection: Connection, conversation_id: str, seq: int) -> Piece:
    """The messages around a line; the first ones where there is no line of that seq."""
    said = _said(conversation_id).where(events.c.id <= seq).order_by(events.c.id.desc())
    start = connection.execute(said.offset(BEFORE).limit(1)).scalar() or 0
    return _read(connection, conversation_id, start, _end(connection, conversation_id, start))


def _said(conversation_id: str) -> Select:
    return select(events.c.id).where(events.c.conversation_id == conversation_id, events.c.type.in_((USER, BOT)))


def _end(connection: Connection, conversation_id: str, start: int) -> int | None:
    said = _said(conversation_id).where(events.c.id >= start).order_by(events.c.id)
    end: int | None = connection.execute(said.offset(MESSAGES).limit(1)).scalar()
    return end


def _read(connection: Connection, conversation_id: str, start: int, end: int | None) -> Piece:
    of_it = events.c.conversation_id == conversation_id
    query = select(events.c.id, events.c.at, events.c.data).where(of_it, events.c.id >= start)
    if end is not None:
        query = query.where(events.c.id < end)
    rows = connection.execute(query.order_by(events.c.id.desc()).limit(MOST_EVENTS)).all()[::-1]
    first = rows[0].id if rows else start
    earlier = select(events.c.at).where(of_it, events.c.id < first).order_by(events.c.id.desc()).limit(1)
    before_at = connection.execute(earlier).scalar()
    return Piece(
        events=tuple(StoredEvent(row.id, row.at, json.loads(row.data)) for row in rows),
        before_at=before_at,
        earlier=None if before_at is None else first,
        later=None if end is None else end - 1,
    )


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
