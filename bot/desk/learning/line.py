"""The line of a user that is put right, and how the bot took it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from bot.desk.errors import NotFoundError
from bot.store.database import Database
from bot.store.lines import Guess, Understanding, understanding_of
from bot.store.messages import USER
from bot.store.tables import conversations, events
from bot.utterances.utterance import LANGUAGES

_GUESSES = 5
_LARGEST_SEQ = 2**63 - 1


@dataclass(frozen=True)
class Line:
    """One message of a user. `taken` is how the bot understood it; `user_id` None where nobody is proven."""

    conversation_id: str
    seq: int
    text: str
    language: str
    taken: Understanding
    user_id: str | None

    @property
    def is_tap(self) -> bool:
        """Whether a button was tapped, so that nothing had to be understood."""
        return len(self.taken.guesses) == 1 and self.taken.confidence == 1.0

    @property
    def guesses(self) -> tuple[Guess, ...]:
        """What the bot found likeliest, the best first."""
        return self.taken.guesses[:_GUESSES]


async def read_line(database: Database, conversation_id: str, seq: int) -> Line:
    """The line of a user with that seq.

    Raises:
        NotFoundError: when there is none, or somebody else said it.
    """
    query = (
        select(events.c.data, conversations.c.language, conversations.c.user_id)
        .outerjoin(conversations, conversations.c.id == events.c.conversation_id)
        .where(events.c.id == seq, events.c.conversation_id == conversation_id, events.c.type == USER)
    )
    row = await database.read(lambda connection: connection.execute(query).first()) if is_seq(seq) else None
    if row is None:
        raise NotFoundError("there is no such line of a user")
    event = json.loads(row.data)
    taken = understanding_of(event)
    spoken = next((each for each in (taken.language, row.language) if each in LANGUAGES), LANGUAGES[0])
    return Line(conversation_id, seq, str(event.get("text") or ""), spoken, taken, row.user_id)


def is_seq(number: int) -> bool:
    """Whether an event can have this number."""
    return 0 <= number <= _LARGEST_SEQ
