"""Hangs the review queue, the verdicts and what the bot does not know into the desk."""

from __future__ import annotations

from sanic import Sanic

from bot.desk.agents.payloads import Role
from bot.desk.review.lately import Lately
from bot.desk.review.queue_page import add_queue
from bot.desk.review.unknown import Unknown
from bot.desk.review.unknown_page import LASTS, add_unknown
from bot.desk.review.verdict_page import add_verdict
from bot.desk.web.routes import signed_in_routes

_PARTS = (add_queue, add_verdict, add_unknown)


def add_reviewing(app: Sanic) -> None:
    """Add the pages on which leads judge conversations and see what was not understood."""
    unknown: Lately[Unknown] = Lately(app.ctx.clock, LASTS)
    app.ctx.unknown = unknown
    routes = signed_in_routes("reviewing", Role.LEAD)
    for add in _PARTS:
        add(routes)
    app.blueprint(routes)
