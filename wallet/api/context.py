"""What every handler finds on the app."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from sanic import Request

from wallet.api.throttling import Throttle
from wallet.demo.stage import Stage
from wallet.services.wallet import Wallet


class Scope(str, Enum):
    """What a service token may do."""

    SUPPORT_READ = "support:read"
    SUPPORT_PROTECT = "support:protect"


@dataclass(frozen=True)
class ServiceToken:
    """A caller that is no user, such as the support line."""

    name: str
    secret: str
    scopes: frozenset[Scope]


class Health(Protocol):
    """Says whether the wallet can serve."""

    async def check(self) -> None:
        """Raise when it cannot."""


@dataclass(frozen=True)
class ApiContext:
    """Put on the app once, when it is made. ``stage`` is None outside development; ``bot_url`` is for the demo page."""

    wallet: Wallet
    service_tokens: tuple[ServiceToken, ...]
    throttle: Throttle
    health: Health
    stage: Stage | None
    bot_url: str


def context_of(request: Request) -> ApiContext:
    """The context of the app a request came to."""
    context: ApiContext = request.app.ctx.api
    return context


def wallet_of(request: Request) -> Wallet:
    """The wallet a request came to."""
    return context_of(request).wallet
