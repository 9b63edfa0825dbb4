"""Hangs the pages into the desk's application."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sanic import Sanic

from bot.desk.agents.limits import Limits
from bot.desk.agents.passwords import Passwords
from bot.desk.web.account_page import account_routes
from bot.desk.web.agents_page import agents_routes
from bot.desk.web.audit_page import audit_routes
from bot.desk.web.errors import show_unknown_addresses
from bot.desk.web.frame_part import frame_routes
from bot.desk.web.rendering import Rendering
from bot.desk.web.sign_in_page import sign_in_routes, sign_out_routes
from bot.desk.web.static_files import static_files


def add_web(app: Sanic) -> None:
    """Add the pages that are not about hand-offs, and what every page needs."""
    settings = app.ctx.settings
    app.config.PROXIES_COUNT = settings.proxies
    app.ctx.rendering = Rendering(ZoneInfo(settings.time_zone))
    app.ctx.passwords = Passwords()
    app.ctx.sign_in_limits = Limits(app.ctx.clock)
    show_unknown_addresses(app)
    for blueprint in (
        static_files(),
        sign_in_routes(),
        sign_out_routes(),
        frame_routes(),
        account_routes(),
        agents_routes(),
        audit_routes(),
    ):
        app.blueprint(blueprint)
