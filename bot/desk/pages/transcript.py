"""What a conversation's page shows of what was said: messages and changes of the hand-off in one order, masked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from bot.desk.pages.personal import mask_personal
from bot.handoff.states import Change
from bot.store.database import Database
from bot.store.handoffs import HandoffChange, changes_after
from bot.store.messages import StoredMessage, last_messages, messages_after

# So many messages are shown at first; the ones before on request.
NEWEST = 200
# A list looks so far back for the first line of the user that nobody has answered.
_LOOKED_THROUGH = 30
_PIECE = 500
# Not worth a line: a place in the queue, and an answer, which is a line itself.
_WITHOUT_LINE = frozenset({Change.MOVE, Change.ANSWER})


@dataclass(frozen=True)
class Line:
    """One line: a message of `author` user, bot or person, or a `change` of the hand-off."""

    seq: int
    at: datetime
    author: str
    text: str = ""
    agent: str | None = None
    buttons: tuple[str, ...] = ()
    change: Change | None = None
    stars: int | None = None
    letter: str | None = None


@dataclass(frozen=True)
class Transcript:
    """Some lines, oldest first, and whether older ones were left out."""

    lines: tuple[Line, ...]
    has_earlier: bool = False

    @property
    def last_seq(self) -> int:
        """The seq after which new lines follow."""
        return self.lines[-1].seq if self.lines else 0


@dataclass(frozen=True)
class LastWords:
    """The newest message, since when the user waits for an answer to his, and the seq of his newest."""

    message: Line | None = None
    waiting_since: datetime | None = None
    user_seq: int = 0


async def read_transcript(conversations: Database, conversation_id: str, user_id: str | None, after: int) -> Transcript:
    """Every line behind a seq."""
    messages = await _messages(conversations, conversation_id, after)
    return Transcript(await _in_order(conversations, conversation_id, user_id, messages, after))


async def read_newest(conversations: Database, conversation_id: str, user_id: str | None) -> Transcript:
    """The newest lines."""
    messages = await last_messages(conversations, conversation_id, NEWEST + 1)
    if len(messages) <= NEWEST:
        return Transcript(await _in_order(conversations, conversation_id, user_id, messages, 0))
    left_out, *shown = messages
    return Transcript(await _in_order(conversations, conversation_id, user_id, shown, left_out.seq), has_earlier=True)


async def texts_of(conversations: Database, conversation_id: str) -> list[str]:
    """Everything that was said, as it was said: only for a reveal."""
    messages = await _messages(conversations, conversation_id, 0)
    titles = [str(button.get("title", "")) for message in messages for button in message.buttons]
    return [*(message.text or "" for message in messages), *titles]


async def read_last_words(conversations: Database, conversation_id: str, user_id: str | None) -> LastWords:
    """What a list shows of a conversation."""
    messages = await last_messages(conversations, conversation_id, _LOOKED_THROUGH)
    return last_words([_message_line(message, user_id) for message in messages])


def last_words(lines: Sequence[Line]) -> LastWords:
    """What a list shows of these messages: the user waits since the first of his that nobody has answered."""
    waiting_since, user_seq = None, 0
    for line in lines:
        if line.author == "user":
            waiting_since, user_seq = waiting_since or line.at, line.seq
        else:
            waiting_since = None
    return LastWords(lines[-1] if lines else None, waiting_since, user_seq)


def change_lines(changes: Iterable[HandoffChange]) -> list[Line]:
    """Lines for the changes of which an agent wants to know."""
    lines = []
    for change in changes:
        kind = _kind(change.standing)
        if kind is not None and kind not in _WITHOUT_LINE:
            agent, stars = change.standing.get("agent"), change.standing.get("stars")
            lines.append(Line(change.seq, _moment(change.at), "change", agent=agent, change=kind, stars=stars))
    return lines


def _kind(standing: dict[str, Any]) -> Change | None:
    name = standing.get("change")
    return Change(name) if name in {change.value for change in Change} else None


async def _in_order(
    conversations: Database, conversation_id: str, user_id: str | None, messages: list[StoredMessage], after: int
) -> tuple[Line, ...]:
    lines = [_message_line(message, user_id) for message in messages]
    lines += change_lines(await _changes(conversations, conversation_id, after))
    return tuple(sorted(lines, key=lambda line: line.seq))


def _message_line(message: StoredMessage, user_id: str | None) -> Line:
    return Line(
        seq=message.seq,
        at=_moment(message.sent_at),
        author=message.author,
        text=mask_personal(message.text or "", user_id),
        agent=message.agent,
        buttons=tuple(mask_personal(str(button.get("title", "")), user_id) for button in message.buttons),
        letter=message.letter,
    )


async def _messages(conversations: Database, conversation_id: str, after: int) -> list[StoredMessage]:
    found: list[StoredMessage] = []
    while True:
        piece = await messages_after(conversations, conversation_id, found[-1].seq if found else after, _PIECE)
        found += piece
        if len(piece) < _PIECE:
            return found


async def _changes(conversations: Database, conversation_id: str, after: int) -> list[HandoffChange]:
    found: list[HandoffChange] = []
    while True:
        piece = await changes_after(conversations, conversation_id, found[-1].seq if found else after, _PIECE)
        found += piece
        if len(piece) < _PIECE:
            return found


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.utc)
