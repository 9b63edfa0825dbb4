"""Where a conversation stands, as a channel must know before it takes a message."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from bot.store.database import Database
from bot.store.tables import conversations, events

_OF_CONVERSATION = events.c.conversation_id == bindparam("conversation_id")
_SEQ = select(events.c.id).where(_OF_CONVERSATION, events.c.message_id == bindparam("message_id"))
_NEWEST = select(func.max(events.c.id)).where(
    _OF_CONVERSATION, events.c.type == "user", events.c.id > bindparam("after")
)
_CONVERSATION = select(conversations.c.id, conversations.c.handoff_state)
_CONVERSATION = _CONVERSATION.where(conversations.c.id == bindparam("conversation_id"))


@dataclass(frozen=True)
class Standing:
    """``seq`` of the message if it is stored already; whether the user has spoken since the question it answers;
    ``handoff_state`` as in bot/handoff/states.py.
    """

    seq: int | None
    has_begun: bool
    has_moved_on: bool
    handoff_state: str | None


async def standing_of(database: Database, conversation_id: str, message_id: str, question: int | None) -> Standing:
    """Where the conversation stands for a message that may answer a question of this ``seq``."""
    of = {"conversation_id": conversation_id}

    def read(connection: Connection) -> Standing:
        seq = connection.execute(_SEQ, {**of, "message_id": message_id}).scalar()
        conversation = connection.execute(_CONVERSATION, of).first()
        later = None if question is None else connection.execute(_NEWEST, {**of, "after": question}).scalar()
        handoff_state = conversation.handoff_state if conversation else None
        return Standing(seq, conversation is not None, later is not None, handoff_state)

    return await database.read(read)


async def seq_of(database: Database, conversation_id: str, message_id: str) -> int | None:
    """The ``seq`` of a stored message; None for one that is not stored."""
    values = {"conversation_id": conversation_id, "message_id": message_id}
    seq: int | None = await database.read(lambda connection: connection.execute(_SEQ, values).scalar())
    return seq
