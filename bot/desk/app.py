"""Wires the desk together."""

from __future__ import annotations

from sanic import Sanic
from sanic.config import Config

from bot.desk.cases.api import cases_blueprint
from bot.desk.clock import Clock
from bot.desk.error_handlers import set_up_error_handlers
from bot.desk.export.export_page import add_export
from bot.desk.figures.pages import add_figures
from bot.desk.handoffs.api import handoffs_blueprint
from bot.desk.health import tell_health
from bot.desk.lasting import to_the_end
from bot.desk.learning.blueprint import add_learning
from bot.desk.metrics import show_metrics
from bot.desk.openapi import set_up_openapi
from bot.desk.pages.blueprint import add_pages
from bot.desk.review.reading import add_reading
from bot.desk.review.reviewing import add_reviewing
from bot.desk.running import set_up_desk
from bot.desk.settings import Settings
from bot.desk.web.blueprint import add_web
from bot.telemetry.requests import set_up_requests

LARGEST_BODY = 1_000_000


def create_app(settings: Settings, clock: Clock) -> Sanic:
    """Make the desk's web application; its parts are opened when it starts and closed when it stops."""
    # Unregistered, so that one program may hold several; its configuration is ours alone, not Sanic's variables.
    config = Config({"REGISTER": False, "REQUEST_MAX_SIZE": LARGEST_BODY, "ACCESS_LOG": False}, env_prefix=None)
    app = Sanic("desk", config=config, configure_logging=False)
    app.ctx.settings = settings
    app.ctx.clock = clock
    set_up_requests(app)
    set_up_error_handlers(app)
    set_up_desk(app, settings, clock)
    app.add_route(to_the_end(tell_health), "/health")
    app.add_route(to_the_end(show_metrics), "/metrics")
    app.blueprint(handoffs_blueprint())
    app.blueprint(cases_blueprint())
    add_web(app)
    add_pages(app)
    add_reading(app)
    add_reviewing(app)
    add_export(app)
    add_learning(app)
    add_figures(app)
    set_up_openapi(app)
    return app
