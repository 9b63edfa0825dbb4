"""The list of cases."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.cases import service
from bot.desk.cases.payloads import CaseFilter
from bot.desk.pages.deeds import agent_of, desk_of, invalid
from bot.desk.pages.packet import show
from bot.desk.web.rendering import page

PAGE_SIZE = 25
MINE, OPEN, ALL = SHOWN = ("mine", "open", "all")


def add_cases(blueprint: Blueprint) -> None:
    """Add the route of the list; one case is shown as the hand-off it is."""
    blueprint.add_route(show_cases, "/cases", methods=["GET"])


async def show_cases(request: Request) -> HTTPResponse:
    """Show a piece of the list: the agent's own, all that are open, or all."""
    shown = request.args.get("show", OPEN)
    after = request.args.get("after")
    if shown not in SHOWN or (after is not None and not (after.isascii() and after.isdigit() and len(after) <= 18)):
        raise invalid("after")
    wanted = {
        MINE: CaseFilter(agent_id=agent_of(request).id),
        OPEN: CaseFilter(is_open=True),
        ALL: CaseFilter(),
    }[shown]
    found = await service.list_cases(desk_of(request).engine, wanted, PAGE_SIZE, None if after is None else int(after))
    rows = [(handoff, handoff.case, show(handoff.packet)) for handoff in found.items]
    return page(request, "cases/cases.html", rows=rows, shown=shown, older=found.next, is_first=after is None)
