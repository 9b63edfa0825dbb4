"""Hand-offs over HTTP: the bot delivers them, asks how they stand and takes them back."""

from __future__ import annotations

from sanic import HTTPResponse, Request

from bot.desk.answers import answer, to_json
from bot.desk.authentication import require_service_token
from bot.desk.fields import read_json
from bot.desk.handoffs import intake
from bot.desk.handoffs.requests import read_packet
from bot.desk.lasting import LastingRoutes


def handoffs_blueprint() -> LastingRoutes:
    """Make the routes below /v1/handoffs, all of which need the service token."""
    blueprint = LastingRoutes("handoffs", url_prefix="/v1/handoffs")
    blueprint.on_request(require_service_token)  # type: ignore[no-untyped-call]
    blueprint.add_route(deliver_handoff, "/", methods=["POST"])
    blueprint.add_route(tell_handoff, "/<number:str>", methods=["GET"])
    blueprint.add_route(cancel_handoff, "/<number:str>/cancel", methods=["POST"])
    return blueprint


async def deliver_handoff(request: Request) -> HTTPResponse:
    """Take in a hand-off: 201 for a new one, 200 for one delivered before."""
    packet = read_packet(read_json(request.body))
    standing, is_new = await intake.take_in(request.app.ctx.desk, packet)
    return answer(to_json(standing), status=201 if is_new else 200)


async def tell_handoff(request: Request, number: str) -> HTTPResponse:
    """Tell how a hand-off stands."""
    return answer(to_json(await intake.tell_standing(request.app.ctx.desk, number)))


async def cancel_handoff(request: Request, number: str) -> HTTPResponse:
    """Take a hand-off back: its user waits no longer."""
    return answer(to_json(await intake.cancel(request.app.ctx.desk, number)))
