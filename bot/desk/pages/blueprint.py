"""Hangs the agents' pages into the desk's application."""

from __future__ import annotations

from sanic import Request, Sanic

from bot.desk.cases.numbers import is_case_number
from bot.desk.errors import NotFoundError
from bot.desk.pages.cases import add_cases
from bot.desk.pages.changes import add_changes
from bot.desk.pages.handoff import add_handoff
from bot.desk.pages.live import add_live
from bot.desk.pages.messages import add_messages
from bot.desk.pages.notes import add_notes
from bot.desk.pages.presence import add_presence
from bot.desk.pages.queue import add_queue
from bot.desk.pages.reveal import add_reveal
from bot.desk.web.routes import signed_in_routes

_PARTS = (
    *(add_queue, add_handoff, add_messages, add_changes, add_notes, add_reveal),
    *(add_cases, add_live, add_presence),
)


def add_pages(app: Sanic) -> None:
    """Add every page that agents work with."""
    routes = signed_in_routes("pages")
    routes.on_request(know_number)  # type: ignore[no-untyped-call]
    for add in _PARTS:
        add(routes)
    app.blueprint(routes)


async def know_number(request: Request) -> None:
    """Look for no hand-off under what cannot be the number of one.

    Raises:
        NotFoundError: when it cannot.
    """
    asked = (request.match_info.get("number"), request.args.get("handoff"))
    if not all(is_case_number(number) for number in asked if number is not None):
        raise NotFoundError("there is no hand-off of this number")
