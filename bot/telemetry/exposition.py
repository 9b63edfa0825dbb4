"""Who may read the figures of a process, and how they are written."""

from __future__ import annotations

import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sanic import HTTPResponse, Request
from sanic.response import raw

from bot.bearer import bears
from bot.telemetry.metrics import REGISTRY


def refusal(request: Request, token: str | None) -> int | None:
    """The status that refuses a reader of the figures, None for one who may: he bears the token where there is one.

    Without one he has to be on this machine, and nobody who comes through a proxy is.
    """
    if token is not None:
        return None if bears(request, token) else 401
    return None if _is_from_this_machine(request) else 403


def written(*more: CollectorRegistry) -> HTTPResponse:
    """The figures as Prometheus reads them, with those that are only looked up when somebody asks."""
    return raw(b"".join(map(generate_latest, (REGISTRY, *more))), content_type=CONTENT_TYPE_LATEST)


def _is_from_this_machine(request: Request) -> bool:
    # A proxy on this machine speaks for someone elsewhere, and says so.
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.ip).is_loopback
    except ValueError:
        return False
