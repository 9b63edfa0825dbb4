"""The filters a lead keeps, beside the list: keep the present one, call it something else, share it, remove it."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.exc import IntegrityError

from bot.desk.errors import ConflictError
from bot.desk.pages.deeds import agent_of, desk_of, field, invalid
from bot.desk.review.chips import arguments_of
from bot.desk.review.list_page import asked
from bot.desk.review.saved_filters import change, filters_for, remove, save
from bot.desk.web.rendering import fragment

LONGEST_NAME = 64
_ONE = r"/conversations/filters/<filter_id:[0-9]{1,9}>"


def add_saved_filters(blueprint: Blueprint) -> None:
    """Add the routes of saved filters."""
    blueprint.add_route(save_filter, "/conversations/filters", methods=["POST"])
    blueprint.add_route(change_filter, _ONE, methods=["POST"])
    blueprint.add_route(remove_filter, f"{_ONE}/remove", methods=["POST"])


async def save_filter(request: Request) -> HTTPResponse:
    """Keep what the list is filtered by."""
    owner, name, is_shared = agent_of(request).name, _name(request), bool(field(request, "shared"))
    _, query = asked(request, arguments_of(field(request, "query")))
    if not query:
        raise invalid("filter_empty")
    now = desk_of(request).clock()
    try:
        await request.app.ctx.conversations.write(
            lambda connection: save(connection, owner, name, query, is_shared, now)
        )
    except IntegrityError as error:
        raise ConflictError("it is being saved already") from error
    return await _filters(request)


async def change_filter(request: Request, filter_id: str) -> HTTPResponse:
    """Give one's own filter another name, share it or no longer."""
    owner, name, is_shared = agent_of(request).name, _name(request), bool(field(request, "shared"))
    await request.app.ctx.conversations.write(
        lambda connection: change(connection, owner, int(filter_id), name, is_shared)
    )
    return await _filters(request)


async def remove_filter(request: Request, filter_id: str) -> HTTPResponse:
    """Remove one's own filter."""
    owner = agent_of(request).name
    await request.app.ctx.conversations.write(lambda connection: remove(connection, owner, int(filter_id)))
    return await _filters(request)


async def _filters(request: Request) -> HTTPResponse:
    agent, (_, query) = agent_of(request), asked(request, arguments_of(field(request, "query")))
    filters = await request.app.ctx.conversations.read(lambda connection: filters_for(connection, agent.name))
    return fragment(request, "conversations/_saved.html", filters=filters, query=query)


def _name(request: Request) -> str:
    name = " ".join(field(request, "name").split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise invalid("filter_name", longest=LONGEST_NAME)
    return name
