"""One line in the log for each request, and its figures. No tokens, bodies, addresses or query strings are in it."""

from __future__ import annotations

import logging
import time

from sanic import HTTPResponse, Request, Sanic

from bot.telemetry.metrics import note_request
from bot.telemetry.request_ids import HEADER, follow, request_id

logger = logging.getLogger("bot.requests")

# Asked every few seconds by machines: worth a line only when it goes wrong.
POLLED = ("/health", "/metrics")


def set_up_requests(app: Sanic) -> None:
    """Give every request its id, every answer the same, and the log a line of both."""
    app.on_request(_begin)  # type: ignore[no-untyped-call]
    app.on_response(_finish)  # type: ignore[no-untyped-call]


def route_of(request: Request) -> str | None:
    """The route, not the address: that may hold a user, or anything a caller typed."""
    return f"/{request.route.path}" if request.route else None


async def _begin(request: Request) -> None:
    request.ctx.started = time.perf_counter()
    follow(request)


async def _finish(request: Request, response: HTTPResponse) -> None:
    # A request that could not be read has no beginning.
    started = getattr(request.ctx, "started", None) or time.perf_counter()
    response.headers[HEADER] = request_id(request)
    route, seconds = route_of(request), time.perf_counter() - started
    note_request(request.method, route, response.status, seconds)
    fields = {
        "request_id": request_id(request),
        "method": request.method,
        "route": route,
        "status": response.status,
        "milliseconds": round(seconds * 1000),
    }
    level = logging.DEBUG if route in POLLED and response.status < 400 else logging.INFO
    logger.log(level, "request", extra={"fields": fields})
