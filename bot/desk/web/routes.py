"""Where a page's routes come from: with the guard, the headers and the errors in words that every page has."""

from __future__ import annotations

from bot.desk.agents.payloads import Role
from bot.desk.lasting import LastingRoutes, to_the_end
from bot.desk.web.errors import show_errors_in_words
from bot.desk.web.frame import know_frame
from bot.desk.web.guard import guard, know_agent
from bot.desk.web.headers import protect_page


def open_routes(name: str, prefix: str | None = None) -> LastingRoutes:
    """Make routes for anybody."""
    blueprint = LastingRoutes(name, url_prefix=prefix)
    blueprint.on_response(protect_page)  # type: ignore[no-untyped-call]
    show_errors_in_words(blueprint)
    return blueprint


def signed_in_routes(name: str, role: Role = Role.AGENT, prefix: str | None = None) -> LastingRoutes:
    """Make routes for those who are signed in and whose role is enough."""
    blueprint = open_routes(name, prefix)
    # In this order: whom a page refuses, it refuses within the frame.
    for middleware in (to_the_end(know_agent), to_the_end(know_frame), guard(role)):
        blueprint.on_request(middleware)  # type: ignore[no-untyped-call]
    return blueprint
