"""Hangs the pages into the desk on which leads find and read conversations."""

from __future__ import annotations

from sanic import Sanic

from bot.desk.agents.payloads import Role
from bot.desk.review.conversation_page import add_conversation
from bot.desk.review.list_page import add_list
from bot.desk.review.notes_page import add_notes
from bot.desk.review.reveal import add_reveal
from bot.desk.review.saved_filters_page import add_saved_filters
from bot.desk.web.routes import signed_in_routes

_PARTS = (add_list, add_saved_filters, add_conversation, add_notes, add_reveal)


def add_reading(app: Sanic) -> None:
    """Add the list of conversations, its filters, and a page for each."""
    routes = signed_in_routes("reading", Role.LEAD)
    for add in _PARTS:
        add(routes)
    app.blueprint(routes)
