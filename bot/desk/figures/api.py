"""The dashboard's figures for other programs."""

from __future__ import annotations

from sanic import HTTPResponse, Request

from bot.desk.answers import answer
from bot.desk.authentication import require_service_token
from bot.desk.figures.answers import figures_to_json
from bot.desk.figures.asking import reading_of, scope_of, today_of, zone_of
from bot.desk.lasting import LastingRoutes


def figures_blueprint() -> LastingRoutes:
    """Make the route of /v1/figures, which needs the service token."""
    blueprint = LastingRoutes("figures_api", url_prefix="/v1/figures")
    blueprint.on_request(require_service_token)  # type: ignore[no-untyped-call]
    blueprint.add_route(tell_figures, "/", methods=["GET"])
    return blueprint


async def tell_figures(request: Request) -> HTTPResponse:
    """Tell the figures of the scope that the address asks for."""
    return answer(figures_to_json(await reading_of(request, scope_of(request)), zone_of(request), today_of(request)))
