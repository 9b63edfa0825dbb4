"""Cases over HTTP: the bot delivers them and asks after them."""

from __future__ import annotations

from functools import partial
from json import dumps
from typing import Any

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from bot.desk.authentication import require_service_token
from bot.desk.cases import service
from bot.desk.cases.payloads import case_to_json, page_to_json
from bot.desk.cases.requests import read_change, read_cursor, read_filter, read_handoff, read_json, read_limit

# Whoever bears the service token speaks for the bot.
ACTOR = "bot"


def cases_blueprint() -> Blueprint:
    """Make the routes below /v1/cases, all of which need the service token."""
    blueprint = Blueprint("cases", url_prefix="/v1/cases")
    blueprint.on_request(require_service_token)  # type: ignore[no-untyped-call]
    blueprint.add_route(deliver_case, "/", methods=["POST"])
    blueprint.add_route(list_cases, "/", methods=["GET"])
    blueprint.add_route(tell_case, "/<number:str>", methods=["GET"])
    blueprint.add_route(change_case, "/<number:str>", methods=["PATCH"])
    return blueprint


async def deliver_case(request: Request) -> HTTPResponse:
    """Take in a hand-off: 201 for a new case, 200 for one delivered before."""
    context = request.app.ctx
    handoff = read_handoff(read_json(request.body))
    case, is_new = await service.take_in(context.engine, handoff, ACTOR, context.clock())
    return _answer(case_to_json(case), status=201 if is_new else 200)


async def list_cases(request: Request) -> HTTPResponse:
    """List cases, newest first."""
    query = {name: values[0] for name, values in request.args.items()}
    page = await service.list_cases(request.app.ctx.engine, read_filter(query), read_limit(query), read_cursor(query))
    return _answer(page_to_json(page))


async def tell_case(request: Request, number: str) -> HTTPResponse:
    """Tell one case."""
    return _answer(case_to_json(await service.find_case(request.app.ctx.engine, number)))


async def change_case(request: Request, number: str) -> HTTPResponse:
    """Change the state or the owner of a case, or add a note."""
    context = request.app.ctx
    change = read_change(read_json(request.body))
    case = await service.change_case(context.engine, number, change, ACTOR, context.clock())
    return _answer(case_to_json(case))


def _answer(body: dict[str, Any], status: int = 200) -> HTTPResponse:
    return json(body, status=status, dumps=partial(dumps, ensure_ascii=False))
