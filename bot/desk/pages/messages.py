"""What is said in a conversation: new lines for the page, an agent's own lines to the user, and that he is typing."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty

from bot.desk.audit.payloads import Action
from bot.desk.handoffs import service
from bot.desk.handoffs.packet import Packet
from bot.desk.letters.letter import Letter
from bot.desk.pages.deeds import desk_of, field, find_to_write, invalid, name_of, note_deed, note_reading
from bot.desk.pages.personal import mask_personal
from bot.desk.pages.transcript import read_transcript
from bot.desk.web.rendering import fragment

LONGEST_TEXT = 4000


def add_messages(blueprint: Blueprint) -> None:
    """Add the routes of a conversation's lines."""
    blueprint.add_route(show_lines, "/handoffs/<number:str>/lines", methods=["GET"])
    blueprint.add_route(show_letters, "/handoffs/<number:str>/letters", methods=["GET"])
    blueprint.add_route(write, "/handoffs/<number:str>/messages", methods=["POST"])
    blueprint.add_route(tell_typing, "/handoffs/<number:str>/typing", methods=["POST"])


async def show_lines(request: Request, number: str) -> HTTPResponse:
    """Show the lines behind a seq."""
    packet = (await service.find(desk_of(request), number)).packet
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) <= 18):
        raise invalid("after")
    await note_reading(request, number)
    conversations = request.app.ctx.conversations
    transcript = await read_transcript(conversations, packet.conversation_id, packet.user_id, int(after))
    return fragment(request, "handoff/_lines.html", transcript=transcript)


async def show_letters(request: Request, number: str) -> HTTPResponse:
    """Show what has not reached the user, or never will."""
    handoff = await service.find(desk_of(request), number)
    await note_reading(request, number)
    return fragment(request, "handoff/_letters.html", letters=await undelivered(request, handoff.packet))


async def undelivered(request: Request, packet: Packet) -> list[Letter]:
    """What has not reached the user, masked as it will be in the transcript."""
    letters = await service.undelivered(desk_of(request), packet.number)
    return [
        replace(letter, text=mask_personal(letter.text, packet.user_id))
        for letter in letters
        if letter.text is not None
    ]


async def write(request: Request, number: str) -> HTTPResponse:
    """Take a line to the user, once however often it is sent, and show it as on its way."""
    text = field(request, "text")
    if not text:
        raise invalid("text_missing")
    if len(text) > LONGEST_TEXT:
        raise invalid("text_too_long", longest=LONGEST_TEXT)
    letter_id = _letter_id(field(request, "letter_id"))
    if await service.write(desk_of(request), number, name_of(request), text, letter_id):
        await note_deed(request, Action.WRITE, number)
    return await show_letters(request, number)


async def tell_typing(request: Request, number: str) -> HTTPResponse:
    """Pass on that the agent writes, or has stopped."""
    await find_to_write(request, number)
    await service.tell_typing(desk_of(request), number, field(request, "on") == "true")
    return empty()


def _letter_id(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as error:
        raise invalid("form_too_old") from error
