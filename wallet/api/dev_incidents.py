"""Development only: the operators' incidents over HTTP, for the page of the demo."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from wallet.api.answers import answer, answer_items
from wallet.api.context import wallet_of
from wallet.api.requests import body_of
from wallet.contract.payloads import LocalizedText
from wallet.domain.errors import NotFoundError
from wallet.services.incidents import end_incident, list_channels, list_incidents, open_incident

blueprint = Blueprint("dev_incidents", url_prefix="/v1/dev/incidents")


@blueprint.get("/")
async def list_dev_incidents(request: Request) -> HTTPResponse:
    """The faults that are open and the works that are planned."""
    return answer_items(await list_incidents(wallet_of(request)))


@blueprint.post("/")
async def plan_incident(request: Request) -> HTTPResponse:
    """Put a channel out of order. Body: channel, zh, en (what users are told), since (null for now), expected_end."""
    wallet, body = wallet_of(request), body_of(request)
    channel, what = body.text("channel"), LocalizedText(body.text("zh"), body.text("en"))
    since, expected_end = body.optional_moment("since"), body.optional_moment("expected_end")
    if channel not in {each.code for each in await list_channels(wallet)}:
        raise NotFoundError("no such channel")
    return answer(await open_incident(wallet, channel, what, expected_end, since), status=201)


@blueprint.delete("/<incident_id:str>")
async def end_dev_incident(request: Request, incident_id: str) -> HTTPResponse:
    """It is mended, or will not take place."""
    await end_incident(wallet_of(request), incident_id)
    return answer({"status": "ended"})
