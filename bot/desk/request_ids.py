"""The id by which a request is found in the log, and its one line there."""

from __future__ import annotations

import logging
import re
import time
import uuid

from sanic import HTTPResponse, Request, Sanic

logger = logging.getLogger(__name__)

ACCEPTED_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def set_up_request_ids(app: Sanic) -> None:
    """Give every request its id, every answer the same, and the log a line of both."""
    app.on_request(_note_start)  # type: ignore[no-untyped-call]
    app.on_response(_finish)  # type: ignore[no-untyped-call]


def request_id(request: Request) -> str:
    """Tell the id of a request: the caller's own, or a new one where that is missing or odd."""
    # Made when first asked for: a request that cannot be read fails before any middleware runs.
    if not hasattr(request.ctx, "request_id"):
        wanted = request.headers.get("X-Request-ID", "") if request.headers else ""
        request.ctx.request_id = wanted if ACCEPTED_ID.fullmatch(wanted) else uuid.uuid4().hex
    known: str = request.ctx.request_id
    return known


async def _note_start(request: Request) -> None:
    request.ctx.started = time.perf_counter()


async def _finish(request: Request, response: HTTPResponse) -> None:
    response.headers["X-Request-ID"] = request_id(request)
    started = getattr(request.ctx, "started", None)
    took = 0.0 if started is None else time.perf_counter() - started
    # The route, not the address: a query may name a user.
    route = request.route.path if request.route else "-"
    logger.info(
        "request method=%s route=/%s status=%d ms=%.1f id=%s",
        request.method,
        route,
        response.status,
        took * 1000,
        request_id(request),
    )
