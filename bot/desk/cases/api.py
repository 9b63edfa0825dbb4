"""Cases over HTTP: the bot asks after them, and other systems may change them."""

from __future__ import annotations

from sanic import HTTPResponse, Request

from bot.desk.answers import answer
from bot.desk.authentication import require_service_token
from bot.desk.cases import service
from bot.desk.cases.answers import case_to_json, page_to_json
from bot.desk.cases.requests import read_change, read_cursor, read_filter, read_limit
from bot.desk.fields import read_json
from bot.desk.lasting import LastingRoutes
from bot.desk.live.hub import QUEUE, of_handoff

# Whoever bears the service token speaks for the bot.
ACTOR = "bot"


def cases_blueprint() -> LastingRoutes:
    """Make the routes below /v1/cases, all of which need the service token."""
    blueprint = LastingRoutes("cases", url_prefix="/v1/cases")
    blueprint.on_request(require_service_token)  # type: ignore[no-untyped-call]
    blueprint.add_route(list_cases, "/", methods=["GET"])
    blueprint.add_route(tell_case, "/<number:str>", methods=["GET"])
    blueprint.add_route(change_case, "/<number:str>", methods=["PATCH"])
    return blueprint


async def list_cases(request: Request) -> HTTPResponse:
    """List cases, newest first."""
    query = {name: values[0] for name, values in request.args.items()}
    page = await service.list_cases(request.app.ctx.engine, read_filter(query), read_limit(query), read_cursor(query))
    return answer(page_to_json(page))


async def tell_case(request: Request, number: str) -> HTTPResponse:
    """Tell one case."""
    return answer(case_to_json(await service.find_case(request.app.ctx.engine, number)))


async def change_case(request: Request, number: str) -> HTTPResponse:
    """Change the state or the owner of a case, or add a note."""
    desk = request.app.ctx.desk
    change = read_change(read_json(request.body))
    handoff = await service.change_case(desk.engine, number, change, ACTOR, desk.clock())
    desk.letters.wake()
    for topic in (QUEUE, of_handoff(number)):
        desk.live.publish(topic, {"news": "case", "number": number})
    return answer(case_to_json(handoff))
