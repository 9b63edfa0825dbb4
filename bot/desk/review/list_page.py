"""The list of conversations: what is asked for stands in its address, pages are cut by the last activity."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.pages.deeds import agent_of, desk_of, invalid
from bot.desk.review.chips import arguments_of, chips_of, periods_of
from bot.desk.review.rows import Row, rows_of
from bot.desk.review.saved_filters import filters_for
from bot.desk.review.tags import all_tags
from bot.desk.selection import PARAMETERS, query_of, read_selection
from bot.desk.web.forms import storable
from bot.desk.web.rendering import Rendering, fragment, is_htmx, page
from bot.handoff.states import State
from bot.store.conversation_filter import ConversationFilter
from bot.store.conversations import count
from bot.store.conversations import page as page_of
from bot.store.cursor import Cursor
from bot.store.summary import TOPICS

PAGE_SIZE = 50
# More are not counted: nobody reads them one by one.
MOST_COUNTED = 1000
CHANNELS = ("widget", "terminal", "telegram", "slack", "wechat", "wecom")
OUTCOMES = (
    *("solved_by_wallet", "solved_by_user", "waiting", "handed_over", "exhausted"),
    *("for_people", "cancelled", "left", "running"),
)
RATINGS = (5, 4, 3, 2, 1)
CONFIDENCES = ("0.9", "0.7", "0.5", "0.3")


def add_list(blueprint: Blueprint) -> None:
    """Add the routes of the list."""
    blueprint.add_route(show_list, "/conversations", methods=["GET"])
    blueprint.add_route(show_count, "/conversations/count", methods=["GET"])


async def show_list(request: Request) -> HTTPResponse:
    """Show a piece of the list: a whole page, or for htmx the rows that follow."""
    wanted, query = asked(request, {name: request.args.get(name, "") for name in PARAMETERS})
    conversations, now = request.app.ctx.conversations, desk_of(request).clock()
    found = await page_of(conversations, wanted, _cursor(request), PAGE_SIZE, now=now.timestamp())
    rows: list[Row] = await conversations.read(lambda connection: rows_of(connection, found.items))
    shown: dict[str, Any] = {"rows": rows, "query": query, "next_cursor": found.next}
    if is_htmx(request):
        return fragment(request, "conversations/_rows.html", **shown)
    agent = agent_of(request)
    return page(
        request,
        "conversations/conversations.html",
        **shown,
        **_form(request, query),
        tags=await conversations.read(all_tags),
        filters=await conversations.read(lambda connection: filters_for(connection, agent.name)),
        is_first=not request.args.get("after"),
    )


async def show_count(request: Request) -> HTTPResponse:
    """Tell how many there are, up to a number beyond which it does not matter."""
    wanted, _ = asked(request, {name: request.args.get(name, "") for name in PARAMETERS})
    now = desk_of(request).clock().timestamp()
    counted = await count(request.app.ctx.conversations, wanted, MOST_COUNTED + 1, now=now)
    return fragment(request, "conversations/_count.html", count=counted, most=MOST_COUNTED)


def asked(request: Request, arguments: dict[str, str]) -> tuple[ConversationFilter, str]:
    """What the parameters of a list's address ask for, and the same as its query.

    Raises:
        InvalidRequestError: for what cannot be asked for.
    """
    zone = zone_of(request)
    wanted = read_selection({name: storable(text) for name, text in arguments.items()}, zone)
    return wanted, query_of(wanted, zone)


def zone_of(request: Request) -> ZoneInfo:
    """Where the desk's days begin."""
    rendering: Rendering = request.app.ctx.rendering
    return rendering.zone


def _form(request: Request, query: str) -> dict[str, Any]:
    rendering: Rendering = request.app.ctx.rendering
    texts = next(iter(rendering.texts.values()))

    def named(beginning: str) -> list[str]:
        return sorted(key.removeprefix(beginning) for key in texts if key.startswith(beginning))

    return {
        "asked": arguments_of(query),
        "chips": chips_of(query),
        "periods": periods_of(query, desk_of(request).clock().astimezone(rendering.zone).date()),
        "topics": sorted(TOPICS),
        "causes": named("cause_"),
        "channels": CHANNELS,
        "outcomes": OUTCOMES,
        "states": [state.value for state in State if state is not State.BOT],
        "intents": [name for name in named("intent_") if not name.startswith("group_")],
        "ratings": RATINGS,
        "confidences": CONFIDENCES,
    }


def _cursor(request: Request) -> Cursor | None:
    text = request.args.get("after")
    try:
        return Cursor.parse(text) if text else None
    except ValueError as error:
        raise invalid("after") from error
