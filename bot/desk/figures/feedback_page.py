"""The page of what users tell the product: by topic, week by week, and in their own words."""

from __future__ import annotations

from functools import partial

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.engine import Connection

from bot.desk.audit.payloads import Action
from bot.desk.audit.service import has_entry
from bot.desk.figures.asking import scope_of, today_of, zone_of
from bot.desk.figures.feedback import MOST, NO_TOPIC, Line, Overview, list_feedback, overview
from bot.desk.figures.scope import PERIODS
from bot.desk.figures.written import write_day
from bot.desk.pages.deeds import READING_LASTS, agent_of, desk_of, invalid, note_deed
from bot.desk.web.rendering import Rendering, language_of, page
from bot.store.patience import patience
from bot.store.summary import TOPICS

PAGE_SIZE = 50
_PATIENCE_S = 10
_SUBJECT = "feedback"


def add_feedback(blueprint: Blueprint) -> None:
    """Add the route of the page."""
    blueprint.add_route(show_feedback, "/feedback", methods=["GET"])


async def show_feedback(request: Request) -> HTTPResponse:
    """Show a piece of the list, and before the first one how much there is about what."""
    scope, zone, after = scope_of(request), zone_of(request), _after(request)

    def read(connection: Connection) -> tuple[list[Line], int | None, Overview | None]:
        with patience(connection, _PATIENCE_S):
            lines, older = list_feedback(connection, scope, zone, after, PAGE_SIZE)
            return lines, older, overview(connection, scope, zone) if after is None else None

    lines, older, counted = await request.app.ctx.conversations.read(read)
    await _note_reading(request)
    rendering: Rendering = request.app.ctx.rendering
    texts = rendering.texts[language_of(request)]
    return page(
        request,
        "figures/feedback.html",
        lines=lines,
        older=older and f"/feedback?{scope.query(after=str(older))}",
        counted=counted,
        scope=scope,
        write_day=partial(write_day, texts=texts, today=today_of(request)),
        periods=PERIODS,
        topics=[*sorted(TOPICS), NO_TOPIC],
        no_topic=NO_TOPIC,
        most=MOST,
    )


def _after(request: Request) -> int | None:
    text = request.args.get("after", "")
    if text and not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise invalid("after")
    return int(text) if text else None


async def _note_reading(request: Request) -> None:
    desk = desk_of(request)
    since = desk.clock() - READING_LASTS
    if not await has_entry(desk.engine, agent_of(request).id, Action.READ_FEEDBACK, _SUBJECT, since):
        await note_deed(request, Action.READ_FEEDBACK, _SUBJECT)
