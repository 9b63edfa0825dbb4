"""Ids of requests, and one line in the log for each. No tokens, phones, mails, bodies or query strings are in it."""

from __future__ import annotations

import logging
import re
import time
import uuid

from sanic import Request, Sanic
from sanic.response import BaseHTTPResponse

from wallet.log_lines import current_request_id

HEADER = "X-Request-ID"
# A letter at least: what is digits alone may be a phone or a card. Anything else could forge lines in a log.
_ACCEPTABLE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9._-]{1,64}")
# Asked every few seconds by machines: worth a line only when it goes wrong.
_POLLED = ("/health", "/metrics")

_SIGN_IN = ("/v1/sessions", "/v1/sessions/second-factor")
_CHALLENGED = 202  # the password was right, a code is still to come

logger = logging.getLogger("wallet.requests")


def request_id_of(request: Request) -> str:
    """The id the caller gave, or a new one; the same for the whole request."""
    if not hasattr(request.ctx, "request_id"):
        given = request.headers.get(HEADER, "")
        request.ctx.request_id = given if _ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
    request_id: str = request.ctx.request_id
    return request_id


def setup_request_log(app: Sanic) -> None:
    """Note when a request starts; answer its id and log it when it ends."""
    app.register_middleware(_start, "request")
    app.register_middleware(_finish, "response")


async def _start(request: Request) -> None:
    request.ctx.started = time.perf_counter()
    current_request_id.set(request_id_of(request))


async def _finish(request: Request, response: BaseHTTPResponse) -> None:
    request_id = request_id_of(request)
    response.headers[HEADER] = request_id
    # A request that could not be read has no start.
    started = getattr(request.ctx, "started", time.perf_counter())
    # The route, not the path: a path may hold anything a caller typed.
    route = f"/{request.route.path}" if request.route else None
    fields = {
        "request_id": request_id,
        "method": request.method,
        "route": route,
        "status": response.status,
        "milliseconds": round((time.perf_counter() - started) * 1000),
    }
    request.app.ctx.metrics.note_request(request.method, route, response.status, time.perf_counter() - started)
    if route in _SIGN_IN and request.method == "POST":
        answered = "challenged" if response.status == _CHALLENGED else "succeeded"
        request.app.ctx.metrics.note_sign_in(getattr(request.ctx, "refusal", answered))
    level = logging.DEBUG if route in _POLLED and response.status < 400 else logging.INFO
    logger.log(level, "request", extra={"fields": fields})
