"""What an agent does with a hand-off: takes it, holds it, passes it on, ends it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound
from sanic.response import empty

from bot.desk.agents.payloads import Role
from bot.desk.audit.payloads import Action
from bot.desk.errors import ForbiddenError
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import AgentName
from bot.desk.pages.deeds import agent_of, desk_of, field, find_to_write, invalid, name_of, note_deed
from bot.desk.parts import Desk

Change = Callable[[Desk, str, AgentName], Awaitable[object]]

_OF_WRITER: dict[str, tuple[Change, Action]] = {
    "hold": (service.hold, Action.HOLD),
    "resume": (service.resume, Action.RESUME),
    "return": (service.give_back, Action.RETURN),
    "resolve": (service.resolve, Action.RESOLVE),
    "defer": (service.defer, Action.DEFER),
}


def add_changes(blueprint: Blueprint) -> None:
    """Add the routes of what may be done with a hand-off."""
    blueprint.add_route(claim, "/handoffs/<number:str>/claim", methods=["POST"])
    blueprint.add_route(take, "/handoffs/<number:str>/take", methods=["POST"])
    blueprint.add_route(take_over, "/handoffs/<number:str>/take_over", methods=["POST"])
    blueprint.add_route(transfer, "/handoffs/<number:str>/transfer", methods=["POST"])
    blueprint.add_route(change, "/handoffs/<number:str>/change/<name:str>", methods=["POST"])


async def claim(request: Request, number: str) -> HTTPResponse:
    """Take a hand-off out of the queue; whoever comes second is told who was first."""
    await service.claim(desk_of(request), number, name_of(request))
    await note_deed(request, Action.CLAIM, number)
    return _lead(f"/handoffs/{number}")


async def take(request: Request, number: str) -> HTTPResponse:
    """Take a case that is nobody's."""
    await service.take(desk_of(request), number, name_of(request))
    await note_deed(request, Action.CASE_CHANGE, number, "take")
    return _changed()


async def take_over(request: Request, number: str) -> HTTPResponse:
    """Take a hand-off from the one who has it, as a lead may."""
    agent = agent_of(request)
    if not agent.may(Role.LEAD):
        raise ForbiddenError("only a lead may take over", {"text_name": "not_assignee"})
    await service.transfer(desk_of(request), number, name_of(request), agent.id)
    await note_deed(request, Action.TRANSFER, number, agent.name)
    return _changed()


async def transfer(request: Request, number: str) -> HTTPResponse:
    """Pass a hand-off on to a colleague."""
    to = field(request, "to")
    if not (to.isascii() and to.isdigit() and len(to) < 10):
        raise invalid("colleague_missing")
    await find_to_write(request, number)
    handoff = await service.transfer(desk_of(request), number, name_of(request), int(to))
    await note_deed(request, Action.TRANSFER, number, handoff.agent.name if handoff.agent else None)
    return _changed()


async def change(request: Request, number: str, name: str) -> HTTPResponse:
    """Hold, resume, return, resolve, or make a case of what the agent serves."""
    if name not in _OF_WRITER:
        raise NotFound("there is no such change")
    do, action = _OF_WRITER[name]
    await find_to_write(request, number)
    await do(desk_of(request), number, name_of(request))
    await note_deed(request, action, number)
    return _changed()


def _changed() -> HTTPResponse:
    """Let the page's parts be shown anew."""
    return empty(headers={"HX-Trigger": "desk:handoff"})


def _lead(path: str) -> HTTPResponse:
    return empty(200, {"HX-Redirect": path})
