"""What the page of a conversation shows of it: a piece of its events, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.desk.review.entries import Entry, Episode
from bot.desk.review.notes import notes_of
from bot.desk.review.transcript import Added, masked, transcript_of
from bot.store.conversations import Conversation
from bot.store.lines import Piece
from bot.store.review_tables import corrections
from bot.store.tables import episodes


@dataclass(frozen=True)
class Shown:
    """A piece of a conversation: its entries in order, and all its episodes."""

    piece: Piece
    entries: list[Entry]
    episodes: list[Episode]


def shown(
    connection: Connection, conversation: Conversation, piece: Piece, zone: ZoneInfo, is_behind_wanted: bool
) -> Shown:
    """What is shown of a piece of a conversation, with what the bot did between its lines where that is wanted."""
    notes = masked(notes_of(connection, conversation.id), conversation.user_id)
    came_for = episodes_of(connection, conversation.id)
    added = Added(came_for, notes, corrected_in(connection, conversation.id))
    return Shown(piece, transcript_of(piece, conversation.user_id, added, zone, is_behind_wanted), came_for)


def episodes_of(connection: Connection, conversation_id: str) -> list[Episode]:
    """The episodes of a conversation, in their order."""
    names = ("number", "started_at", "topic", "cause", "outcome", "handoff_number")
    query = select(*(episodes.c[name] for name in names)).where(episodes.c.conversation_id == conversation_id)
    return [Episode(**row._mapping) for row in connection.execute(query.order_by(episodes.c.number))]


def corrected_in(connection: Connection, conversation_id: str) -> dict[int, str]:
    """The intents that lines of a conversation have been given, by the seqs of the lines."""
    query = select(corrections.c.event_id, corrections.c.intent).where(corrections.c.conversation_id == conversation_id)
    return {row.event_id: row.intent for row in connection.execute(query)}
