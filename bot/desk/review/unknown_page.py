"""The leads' page of what the bot did not understand; that it is read is kept, for it shows what users wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.agents.payloads import Language
from bot.desk.audit.payloads import Action
from bot.desk.audit.service import has_entry
from bot.desk.errors import NotFoundError
from bot.desk.pages.deeds import READING_LASTS, agent_of, desk_of, invalid, note_deed
from bot.desk.review.lately import Lately
from bot.desk.review.unknown import Unknown, corrected_since, read_unknown
from bot.desk.web.rendering import Rendering, fragment, page
from bot.store.summary import FALLBACK

UNKNOWN = "/unknown"
PERIODS = (7, 30, 90)
USUAL_PERIOD = 30
PAGE_LENGTH = 20
EXAMPLES = 3
# A group that is opened shows so many of its lines, the newest.
MOST_SHOWN = 200
LASTS = timedelta(minutes=5)
_SUBJECT = "unknown"


@dataclass(frozen=True)
class Asked:
    """Which lines a page is about: of the last ``days``, in conversations of a language or of all."""

    days: int
    language: str | None

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return urlencode({"days": self.days, "language": self.language or ""})


def add_unknown(blueprint: Blueprint) -> None:
    """Add the routes of the page."""
    blueprint.add_route(show_unknown, UNKNOWN, methods=["GET"])
    blueprint.add_route(show_group, rf"{UNKNOWN}/<seq:[0-9]{{1,18}}>", methods=["GET"])


async def show_unknown(request: Request) -> HTTPResponse:
    """Show some groups, the largest first."""
    asked = _asked(request)
    unknown, at = await _find(request, asked)
    first = _number(request.args.get("first", "0"))
    last = first + PAGE_LENGTH
    return page(
        request,
        "review/unknown.html",
        **await _about(request, asked, at),
        unknown=unknown,
        groups=unknown.groups[first:last],
        first=first,
        following=last if last < len(unknown.groups) else None,
        periods=PERIODS,
        languages=list(Language),
        list_query=_list_query(request, asked, unknown),
        examples=EXAMPLES,
    )


async def show_group(request: Request, seq: str) -> HTTPResponse:
    """Show the lines of one group, found by one of them."""
    asked = _asked(request)
    unknown, at = await _find(request, asked)
    group = unknown.group_with(int(seq))
    if group is None:
        raise NotFoundError("there is no such line")
    about = await _about(request, asked, at)
    return fragment(request, "review/_unknown_lines.html", **about, group=group, shown=group.examples[:MOST_SHOWN])


async def _find(request: Request, asked: Asked) -> tuple[Unknown, datetime]:
    await _note_reading(request)
    kept: Lately[Unknown] = request.app.ctx.unknown

    async def make(now: datetime) -> Unknown:
        since = now - timedelta(days=asked.days)
        return await read_unknown(request.app.ctx.conversations, since.timestamp(), now.timestamp(), asked.language)

    return await kept.get(asked, make)


async def _about(request: Request, asked: Asked, at: datetime) -> dict[str, Any]:
    since = at - timedelta(days=asked.days)
    corrected = await corrected_since(request.app.ctx.conversations, since.timestamp())
    rendering: Rendering = request.app.ctx.rendering
    return {"asked": asked, "at": at, "corrected": corrected, "zone": rendering.zone}


def _list_query(request: Request, asked: Asked, unknown: Unknown) -> str:
    rendering: Rendering = request.app.ctx.rendering
    day = unknown.since.astimezone(rendering.zone).date()
    language = {"language": asked.language} if asked.language else {}
    return urlencode({"intent": FALLBACK, "from": day.isoformat(), **language})


async def _note_reading(request: Request) -> None:
    desk = desk_of(request)
    since = desk.clock() - READING_LASTS
    if not await has_entry(desk.engine, agent_of(request).id, Action.READ_UNKNOWN, _SUBJECT, since):
        await note_deed(request, Action.READ_UNKNOWN, _SUBJECT)


def _asked(request: Request) -> Asked:
    days, language = _number(request.args.get("days", str(USUAL_PERIOD))), request.args.get("language") or None
    if days not in PERIODS or language not in (None, *(each.value for each in Language)):
        raise invalid("invalid_request")
    return Asked(days, language)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise invalid("invalid_request")
    return int(text)
