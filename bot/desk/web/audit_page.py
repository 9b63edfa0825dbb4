"""The leads' page: who did what, newest first."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.agents.payloads import Role
from bot.desk.agents.service import list_agents
from bot.desk.audit.payloads import Action, EntryFilter
from bot.desk.audit.service import list_entries
from bot.desk.fields import SENSIBLE_YEARS
from bot.desk.web.forms import storable
from bot.desk.web.rendering import Rendering, page
from bot.desk.web.routes import signed_in_routes

AUDIT = "/audit"
PAGE_LENGTH = 50
FIELDS = ("agent", "action", "subject", "day")


def audit_routes() -> Blueprint:
    """Make the route of the page."""
    blueprint = signed_in_routes("audit", Role.LEAD, prefix=AUDIT)
    blueprint.add_route(show_audit, "/", methods=["GET"])
    return blueprint


async def show_audit(request: Request) -> HTTPResponse:
    """List a piece of the audit. What a filter does not understand, it does not filter."""
    engine = request.app.ctx.engine
    asked = {field: text for field in FIELDS if (text := storable(request.args.get(field, "")).strip())}
    found = await list_entries(engine, _filter(request, asked), PAGE_LENGTH, _number(request.args.get("after", "")))
    return page(
        request,
        "audit/audit.html",
        entries=found.items,
        older=found.next and f"{AUDIT}?{urlencode({**asked, 'after': found.next})}",
        newest=f"{AUDIT}?{urlencode(asked)}" if request.args.get("after") else None,
        asked=asked,
        agents=await list_agents(engine),
        actions=list(Action),
    )


def _filter(request: Request, asked: dict[str, str]) -> EntryFilter:
    rendering: Rendering = request.app.ctx.rendering
    since = _day(asked.get("day", ""), rendering.zone)
    return EntryFilter(
        agent_id=_number(asked.get("agent", "")),
        action=next((action for action in Action if action.value == asked.get("action")), None),
        subject=asked.get("subject"),
        since=since,
        until=since and since + timedelta(days=1),
    )


def _number(text: str) -> int | None:
    is_id = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_id else None


def _day(text: str, zone: ZoneInfo) -> datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=zone) if day.year in SENSIBLE_YEARS else None
