"""What a request asks of the figures, and the reading that answers it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sanic import Request

from bot.desk.figures.kept import Kept
from bot.desk.figures.reading import Reading, read
from bot.desk.figures.scope import Scope, read_scope


def zone_of(request: Request) -> ZoneInfo:
    """The time zone of the desk's days."""
    zone: ZoneInfo = request.app.ctx.rendering.zone
    return zone


def today_of(request: Request) -> date:
    """The present day."""
    today: date = request.app.ctx.clock().astimezone(zone_of(request)).date()
    return today


def scope_of(request: Request) -> Scope:
    """Whose episodes are asked for.

    Raises:
        InvalidRequestError: when the address asks for nothing that there is.
    """
    return read_scope({name: values[0] for name, values in request.args.items()}, today_of(request))


async def reading_of(request: Request, scope: Scope) -> Reading:
    """The figures of a scope, a short while old at most."""
    context = request.app.ctx
    readings: Kept[Reading] = context.readings
    zone, now = zone_of(request), context.clock()
    return await readings.get(scope, lambda: read(context.conversations, context.weeks, scope, zone, now))
