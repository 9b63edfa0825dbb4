"""Tells a page that is shown what its frame would say by now."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.web.frame import frame_of
from bot.desk.web.rendering import fragment
from bot.desk.web.routes import signed_in_routes


def frame_routes() -> Blueprint:
    """Make the route, which htmx calls when the queue has changed."""
    blueprint = signed_in_routes("frame")
    blueprint.add_route(show_frame, "/frame", methods=["GET"])
    return blueprint


async def show_frame(request: Request) -> HTTPResponse:
    """Answer with what may have changed, to be put where it belongs."""
    request.ctx.frame = await frame_of(request)
    return fragment(request, "_frame.html")
