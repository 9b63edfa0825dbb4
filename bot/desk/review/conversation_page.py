"""The page of one conversation: a piece of its transcript, what is known of it, and where the list goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.engine import Connection

from bot.desk.agents.service import list_agents
from bot.desk.audit.payloads import Action
from bot.desk.errors import NotFoundError
from bot.desk.pages.deeds import desk_of, invalid, note_deed, note_reading
from bot.desk.review.chips import arguments_of
from bot.desk.review.list_page import asked, zone_of
from bot.desk.review.notes import Note, notes_of
from bot.desk.review.rows import Row, rows_of
from bot.desk.review.shown import Shown, corrected_in, shown
from bot.desk.review.tags import all_tags
from bot.desk.review.transcript import masked
from bot.desk.web.filters import mask
from bot.desk.web.forms import storable
from bot.desk.web.rendering import fragment, page
from bot.store.conversations import Conversation, Neighbours, get, neighbours
from bot.store.lines import Piece, around, following, newest
from bot.store.patience import TookTooLong

_ONE = "/conversations/<conversation_id:str>"
# What the review queue puts into an address, and reads from it when its reader goes on.
_OF_QUEUE = ("queue", "days", "reason")


@dataclass(frozen=True)
class Reading:
    """What an address asks for beside the conversation: the list's query, and whether what is behind is shown.

    `queue` is the part of the address by which the review queue knows its own; empty where one comes from the list.
    """

    query: str
    is_behind_wanted: bool
    queue: str

    @property
    def is_of_queue(self) -> bool:
        """Whether the conversation is read because the review queue gave it."""
        return bool(self.queue)


def add_conversation(blueprint: Blueprint) -> None:
    """Add the routes of a conversation's page."""
    blueprint.add_route(show_conversation, _ONE, methods=["GET"])
    blueprint.add_route(show_piece, f"{_ONE}/lines", methods=["GET"])
    blueprint.add_route(show_mark, rf"{_ONE}/lines/<seq:[0-9]{{1,18}}>/mark", methods=["GET"])


async def show_conversation(request: Request, conversation_id: str) -> HTTPResponse:
    """Show a conversation; that it was read is kept."""
    conversation, reading = await find(request, conversation_id), reading_of(request)
    await note_deed(request, Action.READ_CONVERSATION, conversation.id)
    conversations, line = request.app.ctx.conversations, seq_of(request, "line")
    read = await conversations.read(
        lambda connection: _show(
            connection,
            request,
            conversation,
            newest(connection, conversation.id) if line is None else around(connection, conversation.id, line),
        )
    )
    (row,) = await conversations.read(lambda connection: rows_of(connection, [conversation]))
    beside = None if reading.is_of_queue else await _beside(request, reading, conversation)
    return page(
        request,
        "conversations/conversation.html",
        reading=reading,
        beside=beside,
        shown=read,
        line=line,
        place="/review" if reading.is_of_queue else "/conversations",
        **await about(request, row),
    )


async def show_piece(request: Request, conversation_id: str) -> HTTPResponse:
    """Show the lines before a seq, or behind one."""
    conversation = await find(request, conversation_id)
    before, after = seq_of(request, "before"), seq_of(request, "after")
    await note_reading(request, conversation.id)

    def read(connection: Connection) -> Shown:
        if after is not None:
            piece = following(connection, conversation.id, after)
        else:
            piece = newest(connection, conversation.id, before)
        return _show(connection, request, conversation, piece)

    found = await request.app.ctx.conversations.read(read)
    side = "later" if after is not None else "earlier"
    names = await names_of(request)
    values = {"conversation": conversation, "shown": found, "reading": reading_of(request), "names": names}
    return fragment(request, "conversations/_piece.html", side=side, **values)


async def show_mark(request: Request, conversation_id: str, seq: str) -> HTTPResponse:
    """Show to what a line has been corrected."""
    conversation = await find(request, conversation_id)
    corrected = await request.app.ctx.conversations.read(lambda connection: corrected_in(connection, conversation.id))
    return fragment(request, "conversations/_mark.html", corrected=corrected.get(int(seq)))


async def find(request: Request, conversation_id: str) -> Conversation:
    """Find a conversation by what stands in an address.

    Raises:
        NotFoundError: when there is none.
    """
    found = await get(request.app.ctx.conversations, unquote(conversation_id))
    if found is None:
        raise NotFoundError("there is no such conversation", {"text_name": "no_conversation"})
    return found


async def about(request: Request, row: Row) -> dict[str, Any]:
    """What the page says of a conversation beside its lines."""
    conversation = row.conversation

    def read(connection: Connection) -> tuple[list[Note], list[str]]:
        notes = [note for note in notes_of(connection, conversation.id) if note.line is None]
        return notes, [tag for tag in all_tags(connection) if tag not in row.tags]

    notes, suggested = await request.app.ctx.conversations.read(read)
    return {
        "conversation": conversation,
        "row": row,
        "user": mask(conversation.user_id),
        "notes": masked(notes, conversation.user_id),
        "suggested": suggested,
        "names": await names_of(request),
    }


async def names_of(request: Request) -> dict[str, str]:
    """The names agents are shown under, by those they sign in with."""
    return {agent.name: agent.display_name for agent in await list_agents(request.app.ctx.engine)}


def reading_of(request: Request) -> Reading:
    """What an address asks for beside the conversation."""
    _, query = asked(request, arguments_of(request.args.get("in", "")))
    of_queue = {name: storable(text) for name in _OF_QUEUE if (text := request.args.get(name))}
    queue = urlencode(of_queue) if of_queue.get("queue") == "yes" else ""
    return Reading(query, request.args.get("behind") == "yes", queue)


def seq_of(request: Request, name: str) -> int | None:
    """A seq in the address; None where there is none.

    Raises:
        InvalidRequestError: for what cannot be one.
    """
    text = request.args.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise invalid("after")
    return int(text)


async def _beside(request: Request, reading: Reading, conversation: Conversation) -> Neighbours:
    wanted, _ = asked(request, arguments_of(reading.query))
    now = desk_of(request).clock().timestamp()
    try:
        return await neighbours(request.app.ctx.conversations, wanted, conversation.id, now=now)
    except TookTooLong:
        # The conversation itself can be read all the same.
        return Neighbours(None, None)


def _show(connection: Connection, request: Request, conversation: Conversation, piece: Piece) -> Shown:
    return shown(connection, conversation, piece, zone_of(request), reading_of(request).is_behind_wanted)
