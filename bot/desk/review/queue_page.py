"""The leads' page of what is to be reviewed, what came of it, and how far reviewers agree."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect

from bot.desk.agents.service import list_agents
from bot.desk.pages.deeds import agent_of, desk_of, field, invalid
from bot.desk.review import queue, verdicts
from bot.desk.review.agreement import FEW, agreement_by_pair, agreement_of_all
from bot.desk.review.queue import Drawing, Reviewing
from bot.desk.review.reasons import Reason
from bot.desk.web.rendering import page

REVIEW = "/review"
PERIODS = (7, 14, 30)
USUAL_PERIOD = 14
LATEST = 10
# Verdicts and agreement are those of so long.
LOOKED_BACK = timedelta(days=90)


def add_queue(blueprint: Blueprint) -> None:
    """Add the routes of the page."""
    blueprint.add_route(show_queue, REVIEW, methods=["GET"])
    blueprint.add_route(go_on, f"{REVIEW}/next", methods=["POST"])


async def show_queue(request: Request) -> HTTPResponse:
    """Show the whole page."""
    conversations, name = request.app.ctx.conversations, agent_of(request).name
    reviewing = _reviewing(request, request.args.get("days", str(USUAL_PERIOD)))
    since = reviewing.now - LOOKED_BACK.total_seconds()
    judged = await verdicts.judged_twice(conversations, since)
    given = await verdicts.count_verdicts(conversations, since)
    return page(
        request,
        "review/queue.html",
        waiting=await queue.count_waiting(conversations, reviewing),
        turn=await queue.turn_of(conversations, name, reviewing.now),
        drawing=reviewing.drawing,
        periods=PERIODS,
        latest=await verdicts.latest_of(conversations, name, LATEST),
        given=given,
        all_given=sum(given.values()),
        of_all=agreement_of_all(judged),
        of_pairs=agreement_by_pair(judged),
        few=FEW,
        looked_back=LOOKED_BACK.days,
        is_empty=request.args.get("empty") == "yes",
        names={agent.name: agent.display_name for agent in await list_agents(request.app.ctx.engine)},
    )


async def go_on(request: Request) -> HTTPResponse:
    """Show the next conversation."""
    return redirect(await to_next(request), status=303)


async def to_next(request: Request) -> str:
    """Take the next conversation of what a form asks for; its address, or that of the queue where nothing waits.

    Raises:
        InvalidRequestError: when the form asks for a time or a reason that is none.
    """
    days, reason = field(request, "days") or str(USUAL_PERIOD), field(request, "reason")
    if reason not in ("", *(each.value for each in Reason)):
        raise invalid("invalid_request")
    reviewing = _reviewing(request, days)
    wanted = Reason(reason) if reason else None
    taken = await queue.take_next(request.app.ctx.conversations, reviewing, wanted)
    if taken is None:
        return f"{REVIEW}?{urlencode({'days': days, 'empty': 'yes'})}"
    # What was asked for stays in the address, for the one after this.
    of_queue = urlencode({"queue": "yes", "days": days, **({"reason": reason} if reason else {})})
    return f"/conversations/{quote(taken, safe='')}?{of_queue}"


def asked_before(request: Request) -> dict[str, str]:
    """What the queue was asked for when it led to the page that loads a part: ``days`` and ``reason``, if it did."""
    shown = dict(parse_qsl(urlsplit(request.headers.get("HX-Current-URL", "")).query))
    return {name: shown[name] for name in ("days", "reason") if name in shown and shown.get("queue") == "yes"}


def _reviewing(request: Request, days: str) -> Reviewing:
    if days not in {str(period) for period in PERIODS}:
        raise invalid("invalid_request")
    settings = request.app.ctx.settings
    drawing = Drawing(settings.review_share, settings.review_double, int(days))
    return Reviewing(agent_of(request).name, drawing, desk_of(request).clock().timestamp())
