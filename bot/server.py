"""The Rasa server, wired up: our channels, our action endpoint, a health check, and nothing of Rasa's own HTTP API."""

from __future__ import annotations

import logging
import os
import re
from functools import partial
from pathlib import Path
from typing import Any

from rasa.core.run import close_resources, configure_app, create_http_input_channels, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.endpoints import EndpointConfig
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic_ext import Extend

from bot.channels.desk import desk_routes
from bot.channels.error_handlers import setup_error_handlers
from bot.channels.errors import ChannelError
from bot.channels.widget_files import widget_files
from bot.runtime.agent import open_store, prepare
from bot.runtime.local_actions import LocalActionEndpoint, close_actions, open_actions
from bot.settings import Settings
from bot.store.tracker_store import ConversationStore
from bot.telemetry.exposition import refusal, written
from bot.telemetry.rasa_lines import configure_rasa_lines
from bot.telemetry.requests import set_up_requests

logger = logging.getLogger(__name__)

ENDPOINTS_FILE, CREDENTIALS_FILE = "endpoints.yml", "credentials.yml"
DEVELOPMENT_CHANNELS = ("terminal",)
_BODY_LIMIT = 1_000_000  # bytes
_PREFLIGHT_SECONDS = 600  # a browser may rely on the answer for so long
_SHUTDOWN_SECONDS = 5.0  # for turns that are under way


def serve(settings: Settings, model: Path) -> None:
    """Serve until told to stop. Raises SystemExit when the model cannot be loaded."""
    app = build_app(settings, model)
    app.run(host=settings.host, port=settings.port, access_log=False, motd=False)
    if getattr(app.ctx, "model_is_damaged", False):
        raise SystemExit(f"{model} is damaged: remove it and run `make train`")


def build_app(settings: Settings, model: Path) -> Sanic:
    """The Sanic application with the agent loaded at its start."""
    configure_logging_and_warnings(logging.INFO, filter_repeated_logs=False)
    configure_rasa_lines(logging.INFO)
    os.environ.setdefault("HOTLINE_DATABASE_URL", settings.database_url)
    endpoints = AvailableEndpoints.read_endpoints(ENDPOINTS_FILE)
    store = endpoints.tracker_store = open_store(endpoints)
    endpoints.action = _action_endpoint(settings)
    channels = create_http_input_channels(None, CREDENTIALS_FILE)
    if not settings.is_development:
        channels = [channel for channel in channels if channel.name() not in DEVELOPMENT_CHANNELS]
    app: Sanic = configure_app(channels, enable_api=False, port=settings.port, endpoints=endpoints)
    _allow_origins(app, settings.widget_origins)
    app.config.REQUEST_MAX_SIZE = _BODY_LIMIT
    app.config.PROXIES_COUNT = settings.proxies
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = _SHUTDOWN_SECONDS
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.register_listener(partial(_prepare, store), "before_server_start")
    app.register_listener(_stop_without_model, "after_server_start")
    if isinstance(endpoints.action, LocalActionEndpoint):
        app.register_listener(open_actions, "after_server_start")
        app.register_listener(close_actions, "before_server_stop")
    app.register_listener(partial(_end_streams, store), "before_server_stop")
    app.register_listener(close_resources, "after_server_stop")
    app.register_listener(partial(_close_store, store), "after_server_stop")
    app.blueprint(_health(store))
    app.blueprint(_metrics(settings.metrics_token))
    app.blueprint(widget_files())
    outputs = {channel.name(): channel.get_output_channel() for channel in channels}
    app.blueprint(desk_routes(settings.bot_token, {name: output for name, output in outputs.items() if output}))
    set_up_requests(app)
    setup_error_handlers(app)
    return app


def _allow_origins(app: Sanic, origins: tuple[str, ...]) -> None:
    """Let pages of these origins use the widget. Rasa's own CORS setting cannot let them see Retry-After."""
    app.config.update(
        # As a pattern: of a text sanic-ext compares only the beginning, in which a dot is any character.
        CORS_ORIGINS=re.compile(rf"(?:{'|'.join(map(re.escape, origins)) or '(?!)'})\Z"),
        CORS_ALWAYS_SEND=False,
        CORS_ALLOW_HEADERS="authorization,content-type,last-event-id",
        CORS_EXPOSE_HEADERS="retry-after",
        CORS_SUPPORTS_CREDENTIALS=False,
        CORS_MAX_AGE=_PREFLIGHT_SECONDS,
    )
    Extend(app, config={"http_all_methods": False, "oas": False})


def _action_endpoint(settings: Settings) -> EndpointConfig:
    if settings.action_server_url:
        return EndpointConfig(url=settings.action_server_url, enable_selective_domain=True)
    return LocalActionEndpoint()


async def _prepare(store: ConversationStore, app: Sanic, *_: Any) -> None:
    if app.ctx.agent.is_ready():
        prepare(app.ctx.agent, store)
    store.announcements.start()


async def _end_streams(store: ConversationStore, *_: Any) -> None:
    """An open stream would hold the end of the process up."""
    store.announcements.close()


async def _close_store(store: ConversationStore, app: Sanic, *_: Any) -> None:
    store.close()
    app.ctx.agent.lock_store.close()


async def _stop_without_model(app: Sanic, *_: Any) -> None:
    """Rasa logs a model it cannot load and serves on without one; nobody is helped by that."""
    app.ctx.model_is_damaged = not app.ctx.agent.is_ready()
    if app.ctx.model_is_damaged:
        app.stop()  # type: ignore[no-untyped-call]


def _health(store: ConversationStore) -> Blueprint:
    routes = Blueprint("health")

    @routes.get("/health")
    async def health(request: Request) -> HTTPResponse:
        if request.app.ctx.agent is None or not request.app.ctx.agent.is_ready():
            return response.json({"status": "starting"}, status=503)
        if not await store.is_reachable():
            return response.json({"status": "unavailable"}, status=503)
        return response.json({"status": "ok"})

    return routes


def _metrics(token: str | None) -> Blueprint:
    routes = Blueprint("metrics")

    @routes.get("/metrics")
    async def show_metrics(request: Request) -> HTTPResponse:
        refused = refusal(request, token)
        if refused is not None:
            code = "unauthenticated" if refused == 401 else "forbidden"
            raise ChannelError(refused, code, "the figures are for machines that may read them")
        return written()

    return routes
