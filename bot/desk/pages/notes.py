"""What colleagues leave each other at a hand-off and no user sees: notes and tags."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.audit.payloads import Action
from bot.desk.handoffs import service
from bot.desk.pages.deeds import desk_of, field, invalid, name_of, note_deed
from bot.desk.pages.handoff import show_log

LONGEST_NOTE = 2000
LONGEST_TAG, MOST_TAGS = 30, 10


def add_notes(blueprint: Blueprint) -> None:
    """Add the routes of notes and tags."""
    blueprint.add_route(add_note, "/handoffs/<number:str>/notes", methods=["POST"])
    blueprint.add_route(add_tag, "/handoffs/<number:str>/tags", methods=["POST"])
    blueprint.add_route(remove_tag, "/handoffs/<number:str>/tags/remove", methods=["POST"])


async def add_note(request: Request, number: str) -> HTTPResponse:
    """Add a note; whoever sees the hand-off may."""
    text = field(request, "note")
    if not text:
        raise invalid("text_missing")
    if len(text) > LONGEST_NOTE:
        raise invalid("text_too_long", longest=LONGEST_NOTE)
    await service.note(desk_of(request), number, name_of(request), text)
    await note_deed(request, Action.NOTE, number)
    return await show_log(request, number)


async def add_tag(request: Request, number: str) -> HTTPResponse:
    """Add a tag; one that is there already stays once."""
    tag = " ".join(field(request, "tag").split())
    if not 1 <= len(tag) <= LONGEST_TAG:
        raise invalid("tag", longest=LONGEST_TAG)
    tags = (await service.find(desk_of(request), number)).tags
    if tag not in tags and len(tags) >= MOST_TAGS:
        raise invalid("too_many_tags", most=MOST_TAGS)
    return await _set(request, number, (*(each for each in tags if each != tag), tag))


async def remove_tag(request: Request, number: str) -> HTTPResponse:
    """Remove a tag."""
    tags = (await service.find(desk_of(request), number)).tags
    return await _set(request, number, tuple(each for each in tags if each != field(request, "tag")))


async def _set(request: Request, number: str, tags: tuple[str, ...]) -> HTTPResponse:
    handoff = await service.set_tags(desk_of(request), number, name_of(request), tags)
    await note_deed(request, Action.TAGS, number, ", ".join(handoff.tags))
    return await show_log(request, number)
