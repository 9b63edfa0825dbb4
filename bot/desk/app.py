"""Wires the desk together."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any

from sanic import Sanic
from sanic.config import Config

from bot.desk.cases.api import cases_blueprint
from bot.desk.clock import Clock
from bot.desk.database import open_database
from bot.desk.error_handlers import set_up_error_handlers
from bot.desk.health import tell_health
from bot.desk.openapi import set_up_openapi
from bot.desk.request_ids import set_up_request_ids
from bot.desk.settings import Settings

LARGEST_BODY = 1_000_000


def create_app(settings: Settings, clock: Clock) -> Sanic:
    """Make the desk's web application; its database is opened when it starts and closed when it stops."""
    # Unregistered, so that one program may hold several; its configuration is ours alone, not Sanic's variables.
    config = Config({"REGISTER": False, "REQUEST_MAX_SIZE": LARGEST_BODY, "ACCESS_LOG": False}, env_prefix=None)
    app = Sanic("desk", config=config, configure_logging=False)
    app.ctx.settings = settings
    app.ctx.clock = clock
    set_up_request_ids(app)
    set_up_error_handlers(app)
    set_up_database(app, settings.database_url)
    app.add_route(tell_health, "/health")
    app.blueprint(cases_blueprint())
    set_up_openapi(app)
    return app


def set_up_database(app: Sanic, url: str) -> None:
    """Open the database before the first request and close it after the last."""
    resources = AsyncExitStack()

    async def open_it(app: Sanic, _loop: Any) -> None:
        app.ctx.engine = await resources.enter_async_context(open_database(url))

    async def close_it(_app: Sanic, _loop: Any) -> None:
        await resources.aclose()

    app.before_server_start(open_it)
    app.after_server_stop(close_it)
