"""Whether the process can serve."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from wallet.api.context import context_of

blueprint = Blueprint("health")


@blueprint.get("/health")
async def show_health(request: Request) -> HTTPResponse:
    """Say ok, or 503 while the database is away or behind."""
    await context_of(request).health.check()
    return json({"status": "ok"})
