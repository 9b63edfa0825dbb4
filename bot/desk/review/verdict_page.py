"""The part of a conversation's page in which a reviewer says what he makes of it."""

from __future__ import annotations

from urllib.parse import unquote

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from bot.desk.agents.service import list_agents
from bot.desk.audit.payloads import Action
from bot.desk.pages.deeds import agent_of, desk_of, field, note_deed
from bot.desk.review import queue, turns, verdicts
from bot.desk.review.queue_page import asked_before, to_next
from bot.desk.review.verdicts import Verdict
from bot.desk.web.forms import chosen
from bot.desk.web.rendering import fragment

_PART = "/conversations/<conversation_id:str>/verdict"
# What the page around the part hears of when the verdict has changed.
_CHANGED = {"HX-Trigger": "desk:reviewed"}


def add_verdict(blueprint: Blueprint) -> None:
    """Add the routes of the part."""
    blueprint.add_route(show_verdict, _PART, methods=["GET"])
    blueprint.add_route(give_verdict, _PART, methods=["POST"])
    blueprint.add_route(change_flag, f"{_PART}/flag", methods=["POST"])
    blueprint.add_route(take_back, f"{_PART}/taken-back", methods=["POST"])
    blueprint.add_route(skip, f"{_PART}/skip", methods=["POST"])


async def show_verdict(request: Request, conversation_id: str) -> HTTPResponse:
    """Show what may be said, or what was: others' verdicts only to who has given his own."""
    return await _part(request, unquote(conversation_id))


async def give_verdict(request: Request, conversation_id: str) -> HTTPResponse:
    """Keep a verdict."""
    found, verdict = unquote(conversation_id), chosen(request, "verdict", Verdict)
    is_flagged = field(request, "flag") == "yes"
    conversations, name = request.app.ctx.conversations, agent_of(request).name
    await verdicts.judge(conversations, found, name, verdict, is_flagged, _now(request))
    await note_deed(request, Action.REVIEW, found, verdict.value)
    return await _part(request, found, has_changed=True)


async def change_flag(request: Request, conversation_id: str) -> HTTPResponse:
    """Flag the conversation, or no longer."""
    found, is_flagged = unquote(conversation_id), field(request, "flag") == "yes"
    await verdicts.set_flag(request.app.ctx.conversations, found, agent_of(request).name, is_flagged)
    return await _part(request, found, has_changed=True)


async def take_back(request: Request, conversation_id: str) -> HTTPResponse:
    """Remove the reviewer's own verdict."""
    found, name = unquote(conversation_id), agent_of(request).name
    if await verdicts.take_back(request.app.ctx.conversations, found, name, _now(request)):
        await note_deed(request, Action.REVIEW_TAKEN_BACK, found)
    return await _part(request, found, has_changed=True)


async def skip(request: Request, conversation_id: str) -> HTTPResponse:
    """Leave the conversation to others, and go on to the next."""
    found, name = unquote(conversation_id), agent_of(request).name
    await verdicts.reviews_of(request.app.ctx.conversations, found)
    await queue.skip(request.app.ctx.conversations, found, name)
    return redirect(await to_next(request), status=303)


async def _part(request: Request, conversation_id: str, has_changed: bool = False) -> HTTPResponse:
    conversations, name = request.app.ctx.conversations, agent_of(request).name
    given = await verdicts.reviews_of(conversations, conversation_id)
    now = _now(request)
    answer = fragment(
        request,
        "review/_verdict.html",
        conversation_id=conversation_id,
        own=next((review for review in given if review.reviewer == name), None),
        others=[review for review in given if review.reviewer != name],
        is_turn=await conversations.read(lambda connection: turns.is_own_turn(connection, conversation_id, name, now)),
        verdicts=list(Verdict),
        asked=asked_before(request),
        names={agent.name: agent.display_name for agent in await list_agents(request.app.ctx.engine)},
    )
    if has_changed:
        answer.headers.update(_CHANGED)
    return answer


def _now(request: Request) -> float:
    return desk_of(request).clock().timestamp()
