"""The page of one hand-off, whole and in the parts that are shown anew when something changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.audit.payloads import Action
from bot.desk.canned.replies import FilledReply, fill, load_replies
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import EventKind, Handoff
from bot.desk.pages.deeds import agent_of, desk_of, note_deed, note_reading
from bot.desk.pages.messages import undelivered
from bot.desk.pages.packet import show
from bot.desk.pages.personal import mask_personal
from bot.desk.pages.seat import seat_of
from bot.desk.pages.transcript import read_newest, read_transcript
from bot.desk.presence import service as presence
from bot.desk.web.filters import mask
from bot.desk.web.rendering import Rendering, fragment, page


def add_handoff(blueprint: Blueprint) -> None:
    """Add the routes of a hand-off's page."""
    for section in ("handoffs", "cases"):
        blueprint.add_route(show_handoff, f"/{section}/<number:str>", methods=["GET"], name=f"show_{section}")
    blueprint.add_route(show_head, "/handoffs/<number:str>/head", methods=["GET"])
    blueprint.add_route(show_foot, "/handoffs/<number:str>/foot", methods=["GET"])
    blueprint.add_route(show_standing, "/handoffs/<number:str>/standing", methods=["GET"])
    blueprint.add_route(show_log, "/handoffs/<number:str>/log", methods=["GET"])


async def show_handoff(request: Request, number: str) -> HTTPResponse:
    """Show a conversation to whoever may see the desk; that it was read is kept."""
    handoff = await service.find(desk_of(request), number)
    await note_deed(request, Action.READ_CONVERSATION, number)
    of = (request.app.ctx.conversations, handoff.packet.conversation_id, handoff.packet.user_id)
    transcript = await read_transcript(*of, after=0) if request.args.get("all") else await read_newest(*of)
    return page(
        request,
        "handoff/handoff.html",
        **await _about(request, handoff),
        **await _log_of(request, handoff),
        replies=_replies(request, handoff),
        transcript=transcript,
        letters=await undelivered(request, handoff.packet),
    )


async def show_head(request: Request, number: str) -> HTTPResponse:
    """Show who has it, how it stands, and what may be done."""
    handoff = await service.find(desk_of(request), number)
    return fragment(request, "handoff/_head.html", **await _about(request, handoff))


async def show_foot(request: Request, number: str) -> HTTPResponse:
    """Show the composer, or why there is none."""
    handoff = await service.find(desk_of(request), number)
    about = await _about(request, handoff)
    return fragment(request, "handoff/_foot.html", **about, replies=_replies(request, handoff))


async def show_standing(request: Request, number: str) -> HTTPResponse:
    """Show how long the user waits, and the case if it is one."""
    handoff = await service.find(desk_of(request), number)
    return fragment(request, "handoff/_standing.html", handoff=handoff)


async def show_log(request: Request, number: str) -> HTTPResponse:
    """Show notes, tags and what has happened."""
    handoff = await service.find(desk_of(request), number)
    await note_reading(request, number)
    return fragment(request, "handoff/_log.html", handoff=handoff, **await _log_of(request, handoff))


async def _about(request: Request, handoff: Handoff) -> dict[str, Any]:
    desk, agent = desk_of(request), agent_of(request)
    number = handoff.packet.number
    others = [each for each in await presence.on_duty(desk) if each.id != agent.id]
    return {
        "handoff": handoff,
        "packet": show(handoff.packet),
        "seat": seat_of(handoff, agent),
        "viewers": [each for each in desk.viewers.of(number) if each.id != agent.id],
        "colleagues": others,
    }


async def _log_of(request: Request, handoff: Handoff) -> dict[str, Any]:
    packet = handoff.packet
    events = await service.history(desk_of(request), packet.number)
    notes = [event for event in events if event.kind is EventKind.NOTE]
    return {
        "notes": [replace(note, text=mask_personal(note.text or "", packet.user_id)) for note in notes],
        "events": [event for event in events if event.kind is not EventKind.NOTE],
    }


def _replies(request: Request, handoff: Handoff) -> list[FilledReply]:
    rendering: Rendering = request.app.ctx.rendering
    agent, packet = agent_of(request), handoff.packet
    texts = {language.value: words for language, words in rendering.texts.items()}[packet.language.value]
    values = {
        "agent": agent.display_name,
        "number": packet.number,
        "topic": texts.get(f"topic_{packet.topic}", None),
        "user": packet.user_id and mask(packet.user_id),
    }
    return fill(load_replies(), agent.language.value, packet.language.value, values)
