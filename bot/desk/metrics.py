"""The desk's figures for Prometheus: those of its requests, and how its queue stands at the moment somebody asks."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge
from sanic import HTTPResponse, Request
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.desk.cases.payloads import State as CaseState
from bot.desk.cases.tables import cases
from bot.desk.database import reading
from bot.desk.errors import ForbiddenError, UnauthenticatedError
from bot.desk.handoffs.tables import handoffs
from bot.desk.presence.duty import count_on_duty
from bot.handoff.states import State
from bot.telemetry.exposition import refusal, written

_QUEUE = select(func.count(), func.min(handoffs.c.queued_at)).where(handoffs.c.state == State.QUEUED.value)
_OPEN_CASES = select(func.count()).select_from(cases).where(cases.c.state != CaseState.RESOLVED.value)


async def show_metrics(request: Request) -> HTTPResponse:
    """The figures as Prometheus reads them, for machines alone.

    Raises:
        UnauthenticatedError: without the token, where there is one.
        ForbiddenError: from another machine, where there is none.
    """
    refused = refusal(request, request.app.ctx.settings.metrics_token)
    if refused == 401:
        raise UnauthenticatedError("this needs the token of the figures: Authorization: Bearer …")
    if refused is not None:
        raise ForbiddenError("the figures are for this machine alone unless HOTLINE_METRICS_TOKEN is set")
    async with reading(request.app.ctx.engine) as connection:
        return written(await _standing(connection, request.app.ctx.clock()))


async def _standing(connection: AsyncConnection, now: datetime) -> CollectorRegistry:
    registry = CollectorRegistry()
    queue = Gauge("desk_queue_length", "Users who wait for a person.", registry=registry)
    oldest = Gauge("desk_queue_oldest_seconds", "How long the one who waits longest has waited.", registry=registry)
    on_duty = Gauge("desk_agents_on_duty", "Agents who take hand-offs.", registry=registry)
    open_cases = Gauge("desk_open_cases", "Cases that are not resolved.", registry=registry)
    waiting, since = (await connection.execute(_QUEUE)).one()
    queue.set(waiting)
    oldest.set(max((now - since).total_seconds(), 0.0) if since else 0.0)
    on_duty.set(await count_on_duty(connection, now))
    open_cases.set((await connection.execute(_OPEN_CASES)).scalar())
    return registry
