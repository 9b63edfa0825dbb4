"""The dashboard: figures of a period, each with what it is a share of, how it has changed and who is behind it."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.answers import answer
from bot.desk.figures.answers import figures_to_json
from bot.desk.figures.asking import reading_of, scope_of, today_of, zone_of
from bot.desk.figures.measures import BRIEF_TILES, CONTAINED, FULL_TILES, FUNNEL, SMALL, Measure, Shown, share, shown
from bot.desk.figures.scope import PERIODS, Scope
from bot.desk.figures.trend import trend_of
from bot.desk.figures.written import NOTHING, write_change, write_day, write_interval, write_value
from bot.desk.web.rendering import Rendering, language_of, page
from bot.store.summary import TOPICS

# What a day's episodes are made of, each in one colour of the style.
STACK = {
    name: place for place, name in enumerate((*(each.name for each in CONTAINED), "only_returned", "handed_over"), 1)
}
# The shares whose trend is drawn: what each is a share of, and its colour, which is the stack's where that has it.
LINES = {
    "contained": ("talked", 2),
    "solved": ("problem", STACK["contained_solved"]),
    "handed_over": ("talked", STACK["handed_over"]),
    "fallback": ("talked", 3),
    "rated_well": ("rated", 6),
    "person_rated_well": ("person_rated", 5),
}
# Shares of less jump between nothing and all, and are left out of the picture.
LEAST_DRAWN = 10
MOST_ROWS = 10


def add_dashboard(blueprint: Blueprint) -> None:
    """Add the page and the same as JSON."""
    blueprint.add_route(show_dashboard, "/dashboard", methods=["GET"])
    blueprint.add_route(tell_dashboard, "/dashboard.json", methods=["GET"])


async def show_dashboard(request: Request) -> HTTPResponse:
    """Show the figures of the scope that the address asks for."""
    scope, zone, today = scope_of(request), zone_of(request), today_of(request)
    reading = await reading_of(request, scope)
    rendering: Rendering = request.app.ctx.rendering
    texts = rendering.texts[language_of(request)]

    def now_and_before(measure: Measure, parts: tuple[Measure, ...] = ()) -> Shown:
        return shown(measure, reading.counted, reading.before, parts)

    return page(
        request,
        "figures/dashboard.html",
        reading=reading,
        scope=scope,
        today=today,
        periods=PERIODS,
        topics=sorted(TOPICS),
        brief_tiles=[now_and_before(tile, parts) for tile, parts in BRIEF_TILES],
        full_tiles=[now_and_before(tile, parts) for tile, parts in FULL_TILES],
        contained=[now_and_before(each) for each in CONTAINED],
        funnel=[now_and_before(each) for each in FUNNEL],
        trend=trend_of(reading.days, scope.period, today),
        stack=STACK,
        lines=LINES,
        line_colours={name: colour for name, (_, colour) in LINES.items()},
        least_drawn=LEAST_DRAWN,
        forgotten_after=_forgotten_after(request, scope, today),
        most_rows=MOST_ROWS,
        small=SMALL,
        nothing=NOTHING,
        share=share,
        link=partial(scope.conversations, zone=zone),
        write_value=partial(write_value, texts=texts),
        write_change=partial(write_change, texts=texts),
        write_day=partial(write_day, texts=texts, today=today),
        write_interval=partial(write_interval, texts=texts),
    )


def _forgotten_after(request: Request, scope: Scope, today: date) -> int | None:
    """The number of days after which conversations are removed, if the period reaches further back."""
    days: int = request.app.ctx.settings.retention_days
    first = scope.period.first
    return days if days and (first is None or first < today - timedelta(days=days)) else None


async def tell_dashboard(request: Request) -> HTTPResponse:
    """Tell the same figures as JSON."""
    return answer(figures_to_json(await reading_of(request, scope_of(request)), zone_of(request), today_of(request)))
