"""Whether an agent takes conversations at the moment, as he says himself."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import empty, redirect

from bot.desk.pages.deeds import agent_of, desk_of, field, invalid
from bot.desk.presence import service
from bot.desk.web.rendering import is_htmx

STATUSES = ("available", "away")


def add_presence(blueprint: Blueprint) -> None:
    """Add the route of the switch in the header."""
    blueprint.add_route(set_presence, "/presence", methods=["POST"])


async def set_presence(request: Request) -> HTTPResponse:
    """Be available or away from now on."""
    status = field(request, "status")
    if status not in STATUSES:
        raise invalid("status")
    await service.set_status(desk_of(request), agent_of(request).id, status)
    return empty(headers={"HX-Trigger": "desk:queue"}) if is_htmx(request) else redirect("/", status=303)
