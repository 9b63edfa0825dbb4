"""Notes and tags of a conversation, from its page; whoever has the page may write them."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from bot.desk.audit.payloads import Action
from bot.desk.errors import NotFoundError
from bot.desk.pages.deeds import agent_of, desk_of, field, invalid, note_deed
from bot.desk.pages.notes import LONGEST_NOTE, LONGEST_TAG, MOST_TAGS
from bot.desk.review.conversation_page import about, find, names_of
from bot.desk.review.notes import Note, add_note, has_line, notes_of
from bot.desk.review.rows import Row, rows_of
from bot.desk.review.tags import add_tag, remove_tag, tags_of
from bot.desk.review.transcript import masked
from bot.desk.web.rendering import fragment
from bot.store.conversations import Conversation

_ONE = "/conversations/<conversation_id:str>"
_LINE = _ONE + r"/lines/<seq:[0-9]{1,18}>/notes"


def add_notes(blueprint: Blueprint) -> None:
    """Add the routes of notes and tags."""
    blueprint.add_route(write_note, f"{_ONE}/notes", methods=["POST"])
    blueprint.add_route(show_form, _LINE, methods=["GET"])
    blueprint.add_route(write_line_note, _LINE, methods=["POST"])
    blueprint.add_route(put_tag, f"{_ONE}/tags", methods=["POST"])
    blueprint.add_route(take_tag, f"{_ONE}/tags/remove", methods=["POST"])


async def write_note(request: Request, conversation_id: str) -> HTTPResponse:
    """Write a note about the conversation."""
    conversation = await find(request, conversation_id)
    await _write(request, conversation, None)
    return await _beside(request, conversation)


async def show_form(request: Request, conversation_id: str, seq: str) -> HTTPResponse:
    """Show the notes about a line, and a field for one more."""
    return await _of_line(request, await find(request, conversation_id), int(seq), is_written=True)


async def write_line_note(request: Request, conversation_id: str, seq: str) -> HTTPResponse:
    """Write a note about a line."""
    conversation = await find(request, conversation_id)
    await _write(request, conversation, int(seq))
    return await _of_line(request, conversation, int(seq), is_written=False)


async def put_tag(request: Request, conversation_id: str) -> HTTPResponse:
    """Put a tag on the conversation; one that is there already stays once."""
    conversation, tag = await find(request, conversation_id), " ".join(field(request, "tag").split())
    if not 1 <= len(tag) <= LONGEST_TAG:
        raise invalid("tag", longest=LONGEST_TAG)
    by, now = agent_of(request).name, desk_of(request).clock()

    def write(connection: Connection) -> None:
        if len([each for each in tags_of(connection, conversation.id) if each != tag]) >= MOST_TAGS:
            raise invalid("too_many_tags", most=MOST_TAGS)
        add_tag(connection, conversation.id, tag, by, now)

    try:
        await request.app.ctx.conversations.write(write)
    except IntegrityError:
        # Another was quicker, and so it is there.
        return await _beside(request, conversation)
    await note_deed(request, Action.TAGS, conversation.id)
    return await _beside(request, conversation)


async def take_tag(request: Request, conversation_id: str) -> HTTPResponse:
    """Take a tag off."""
    conversation, tag = await find(request, conversation_id), field(request, "tag")
    await request.app.ctx.conversations.write(lambda connection: remove_tag(connection, conversation.id, tag))
    await note_deed(request, Action.TAGS, conversation.id)
    return await _beside(request, conversation)


async def _write(request: Request, conversation: Conversation, line: int | None) -> None:
    words = field(request, "note")
    if not words:
        raise invalid("text_missing")
    if len(words) > LONGEST_NOTE:
        raise invalid("text_too_long", longest=LONGEST_NOTE)
    by, now = agent_of(request).name, desk_of(request).clock()

    def write(connection: Connection) -> None:
        if line is not None and not has_line(connection, conversation.id, line):
            raise NotFoundError("the conversation has no such line")
        add_note(connection, conversation.id, line, by, words, now)

    await request.app.ctx.conversations.write(write)
    await note_deed(request, Action.NOTE, conversation.id)


async def _beside(request: Request, conversation: Conversation) -> HTTPResponse:
    rows: list[Row] = await request.app.ctx.conversations.read(lambda connection: rows_of(connection, [conversation]))
    return fragment(request, "conversations/_beside.html", **await about(request, rows[0]))


async def _of_line(request: Request, conversation: Conversation, seq: int, is_written: bool) -> HTTPResponse:
    def read(connection: Connection) -> list[Note]:
        return [note for note in notes_of(connection, conversation.id) if note.line == seq]

    notes = await request.app.ctx.conversations.read(read)
    return fragment(
        request,
        "conversations/_line_notes.html",
        conversation=conversation,
        seq=seq,
        notes=masked(notes, conversation.user_id),
        names=await names_of(request),
        is_written=is_written,
    )
