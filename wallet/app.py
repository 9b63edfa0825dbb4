"""The wallet over HTTP: settings in, a Sanic app out."""

from __future__ import annotations

import logging
from asyncio import AbstractEventLoop

from argon2 import PasswordHasher
from sanic import Blueprint, Sanic

from wallet.api import (
    cards,
    channel_links,
    demo_page,
    dev,
    dev_incidents,
    devices,
    documentation,
    fees,
    health,
    identity,
    limits,
    link_page,
    me,
    metrics,
    password_resets,
    payments,
    refunds,
    reset_page,
    sessions,
    support_protection,
    support_reads,
    topup_channels,
    topups,
    transfers,
    two_factor,
    withdrawals,
)
from wallet.api.context import ApiContext, Scope, ServiceToken
from wallet.api.error_handlers import setup_error_handlers
from wallet.api.request_log import setup_request_log
from wallet.api.throttling import Throttle
from wallet.background import Background
from wallet.domain.calendar_days import Clock
from wallet.parts import Parts, create_parts
from wallet.settings import Settings
from wallet.storage.migrate import migrate

BODY_SIZE_MAXIMUM = 64 * 1024

logger = logging.getLogger("wallet.app")

_BLUEPRINTS: tuple[Blueprint, ...] = (
    health.blueprint,
    metrics.blueprint,
    documentation.blueprint,
    sessions.blueprint,
    me.blueprint,
    identity.blueprint,
    two_factor.blueprint,
    devices.blueprint,
    payments.blueprint,
    refunds.blueprint,
    topups.blueprint,
    transfers.blueprint,
    withdrawals.blueprint,
    topup_channels.blueprint,
    fees.blueprint,
    limits.blueprint,
    cards.blueprint,
    password_resets.blueprint,
    reset_page.blueprint,
    link_page.blueprint,
    support_reads.blueprint,
    support_protection.blueprint,
    channel_links.blueprint,
)


def create_app(settings: Settings, clock: Clock, hasher: PasswordHasher | None = None) -> Sanic:
    """The wallet over HTTP. Nothing is connected before the server starts."""
    return create_app_of(create_parts(settings, clock, hasher), settings)


def create_app_of(parts: Parts, settings: Settings) -> Sanic:
    """The wallet over HTTP, made of parts someone else closes if the server never starts."""
    app = Sanic("wallet", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = BODY_SIZE_MAXIMUM
    # Else the framework's extensions, where installed, add pages that load from other hosts.
    app.config.AUTO_EXTEND = False
    app.ctx.api = ApiContext(
        wallet=parts.stage.wallet,
        service_tokens=_service_tokens(settings),
        throttle=Throttle(
            parts.stage.wallet.clock,
            per_address=settings.attempts_per_address,
            per_account=settings.attempts_per_account,
            per_user=settings.calls_per_user,
            per_service=settings.calls_per_service,
        ),
        health=parts,
        stage=parts.stage if settings.is_development else None,
        bot_url=settings.bot_url,
    )
    app.ctx.metrics, app.ctx.metrics_token = parts.metrics, settings.metrics_token
    setup_lifecycle(app, parts, settings)
    setup_background(app, parts, settings)
    setup_request_log(app)
    setup_error_handlers(app)
    setup_routes(app, settings)
    return app


def setup_lifecycle(app: Sanic, parts: Parts, settings: Settings) -> None:
    """Migrate at the start of a development server; give connections back at the end of any."""

    async def start(_: Sanic, __: AbstractEventLoop) -> None:
        if settings.is_development:
            await migrate(parts.engine)

    async def note_start(_: Sanic, __: AbstractEventLoop) -> None:
        app.ctx.has_served = True

    async def stop(_: Sanic, __: AbstractEventLoop) -> None:
        await parts.database.close()

    app.ctx.has_served = False
    app.register_listener(start, "before_server_start")
    app.register_listener(note_start, "after_server_start")
    app.register_listener(stop, "after_server_stop")


def setup_background(app: Sanic, parts: Parts, settings: Settings) -> None:
    """Do what the wallet does of its own accord from the start of the server to its end."""

    async def start(_: Sanic, __: AbstractEventLoop) -> None:
        app.ctx.background = Background(parts.stage.wallet, parts.couriers, keeps_text=settings.is_development)
        app.ctx.background.start()
        if settings.smtp_server is None and not settings.is_development:
            logger.warning("HOTLINE_WALLET_SMTP_URL is not set: no mail is sent")

    async def stop(_: Sanic, __: AbstractEventLoop) -> None:
        await app.ctx.background.stop()

    app.register_listener(start, "after_server_start")
    app.register_listener(stop, "before_server_stop")


def setup_routes(app: Sanic, settings: Settings) -> None:
    """Every endpoint; those of development only there."""
    for blueprint in _BLUEPRINTS:
        app.blueprint(blueprint)
    if settings.is_development:
        app.blueprint(dev.blueprint)
        app.blueprint(dev_incidents.blueprint)
        app.blueprint(demo_page.blueprint)


def _service_tokens(settings: Settings) -> tuple[ServiceToken, ...]:
    read, protect = Scope.SUPPORT_READ, Scope.SUPPORT_PROTECT
    tokens = [ServiceToken("support", settings.support_token, frozenset({read, protect}))]
    if settings.support_read_token is not None:
        tokens.append(ServiceToken("support-read", settings.support_read_token, frozenset({read})))
    return tuple(tokens)
