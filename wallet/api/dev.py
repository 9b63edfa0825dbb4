"""Development only: the mailbox, fresh demo users, the issuer's late answers. Elsewhere these paths do not exist."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json

from wallet.api.context import context_of, wallet_of
from wallet.api.requests import body_of, query_limit, query_text
from wallet.contract.encoding import to_json
from wallet.contract.refunds import RefundRejection
from wallet.demo.papers import make_papers
from wallet.demo.people import PASSWORD, make_fresh_user
from wallet.demo.scenarios import load_scenarios
from wallet.demo.stage import Stage
from wallet.domain.errors import NotFoundError
from wallet.services.messages import list_messages
from wallet.services.refunds import decide_refund

blueprint = Blueprint("dev", url_prefix="/v1/dev")


@blueprint.get("/outbox")
async def list_outbox(request: Request) -> HTTPResponse:
    """Mails and text messages to a user, newest first. Query: user_id, limit."""
    messages = await list_messages(wallet_of(request), query_text(request, "user_id"), query_limit(request))
    items = [
        {
            "to": message.to,
            "kind": message.kind,
            "medium": message.medium.value,
            "subject": message.subject,
            "body": message.body,
            "link": message.link,
            "created_at": to_json(message.created_at),
        }
        for message in messages
    ]
    return json({"items": items})


@blueprint.get("/demo-users")
async def list_demo_users(_: Request) -> HTTPResponse:
    """The demo users, and the password they share."""
    items = [
        {"login": name, "display_name": scenario.person.display_name} for name, scenario in load_scenarios().items()
    ]
    return json({"items": items, "password": PASSWORD})


@blueprint.post("/demo-users")
async def create_demo_user(request: Request) -> HTTPResponse:
    """A fresh user in the state of a demo user. Body: scenario (the demo user's name)."""
    user_id = await make_fresh_user(_stage_of(request), body_of(request).text("scenario"))
    return json({"user_id": user_id, "login": user_id, "password": PASSWORD}, status=201)


@blueprint.post("/papers")
async def create_papers(request: Request) -> HTTPResponse:
    """An identity card and a bank card to try with, in a user's name. Body: user_id."""
    papers = await make_papers(_stage_of(request), body_of(request).text("user_id"))
    card = {"number": papers.card_number, "expires": to_json(papers.card_expires), "phone": papers.phone}
    return json({"name": papers.name, "id_number": papers.id_number, "card": card}, status=201)


@blueprint.post("/issuer-results")
async def announce_issuer_result(request: Request) -> HTTPResponse:
    """Have the simulated issuer know the result of an order now. Body: order_id (of a payment or top-up), code."""
    stage, body = _stage_of(request), body_of(request)
    await stage.issuer.announce_result(body.text("order_id"), body.text("code", 2), stage.wallet.now())
    return json({"status": "announced"})


@blueprint.post("/refund-decisions")
async def decide_asked_refund(request: Request) -> HTTPResponse:
    """Answer as the merchant. Body: refund_id, rejection (left out to grant it)."""
    stage, body = _stage_of(request), body_of(request)
    rejection = body.one_of("rejection", RefundRejection) if body.optional_text("rejection") else None
    refund = await decide_refund(stage.wallet, body.text("refund_id"), rejection)
    return json({"status": refund.status.value})


def _stage_of(request: Request) -> Stage:
    stage = context_of(request).stage
    if stage is None:
        raise NotFoundError()
    return stage
