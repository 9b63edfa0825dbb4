"""The figures of the process, for machines alone."""

from __future__ import annotations

import hmac
import ipaddress

from prometheus_client import CONTENT_TYPE_LATEST
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import raw

from wallet.api.context import wallet_of
from wallet.domain.errors import ForbiddenError, UnauthenticatedError

blueprint = Blueprint("metrics")


@blueprint.get("/metrics")
async def show_metrics(request: Request) -> HTTPResponse:
    """The figures as Prometheus reads them. Raises UnauthenticatedError, or ForbiddenError where there is no token."""
    token: str | None = request.app.ctx.metrics_token
    if token is not None:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(_bytes(given.strip()), _bytes(token)):
            raise UnauthenticatedError()
    elif not _is_from_this_machine(request):
        raise ForbiddenError()
    async with wallet_of(request).storage.reading() as unit:
        request.app.ctx.metrics.show_messages(await unit.outbox.count_unsent())
    return raw(request.app.ctx.metrics.written(), content_type=CONTENT_TYPE_LATEST)


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
