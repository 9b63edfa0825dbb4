"""Who may read the figures of a process, and how they are written."""

from __future__ import annotations

import hmac
import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from sanic import HTTPResponse, Request
from sanic.response import raw

from bot.telemetry.metrics import REGISTRY


def refusal(request: Request, token: str | None) -> int | None:
    """The status that refuses a reader of the figures, None for one who may: he bears the token where there is one.

    Without one he has to be on this machine, and nobody who comes through a proxy is.
    """
    if token is not None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        bears_it = scheme.lower() == "bearer" and hmac.compare_digest(_bytes(given.strip()), _bytes(token))
        return None if bears_it else 401
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


def _bytes(text: str) -> bytes:
    # Bytes of a header that are not UTF-8 arrive as surrogates.
    return text.encode(errors="surrogateescape")
