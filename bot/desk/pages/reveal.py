"""Shows what is masked, for a minute, to whoever says why; that and why are kept in the audit first."""

from __future__ import annotations

from datetime import timedelta

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.audit.payloads import Action
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import EventKind
from bot.desk.pages.deeds import desk_of, field, invalid, note_deed
from bot.desk.pages.personal import personal_data
from bot.desk.pages.transcript import texts_of
from bot.desk.web.rendering import fragment
from bot.privacy.redact import redact

SHORTEST_REASON, LONGEST_REASON = 4, 200
SHOWN_FOR = timedelta(seconds=60)


def add_reveal(blueprint: Blueprint) -> None:
    """Add the routes of the reveal."""
    blueprint.add_route(show_form, "/handoffs/<number:str>/reveal", methods=["GET"])
    blueprint.add_route(reveal, "/handoffs/<number:str>/reveal", methods=["POST"])


async def show_form(request: Request, number: str) -> HTTPResponse:
    """Ask why; also what follows when the minute is over."""
    handoff = await service.find(desk_of(request), number)
    return fragment(request, "handoff/_reveal.html", handoff=handoff)


async def reveal(request: Request, number: str) -> HTTPResponse:
    """Show everything that is masked elsewhere."""
    desk, reason = desk_of(request), field(request, "reason")
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise invalid("reason_needed", shortest=SHORTEST_REASON)
    handoff = await service.find(desk, number)
    await note_deed(request, Action.REVEAL, number, redact(reason).text)
    said = await texts_of(request.app.ctx.conversations, handoff.packet.conversation_id)
    written = [event.text for event in await service.history(desk, number) if event.kind is EventKind.NOTE]
    written += [letter.text for letter in await service.undelivered(desk, number)]
    return fragment(
        request,
        "handoff/_revealed.html",
        handoff=handoff,
        personal=personal_data(handoff.packet, [*said, *(text for text in written if text)]),
        until=desk.clock() + SHOWN_FOR,
        seconds=int(SHOWN_FOR.total_seconds()),
    )
