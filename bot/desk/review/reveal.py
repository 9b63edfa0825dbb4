"""Shows what is masked in a conversation, for a minute, to whoever says why; that is kept in the audit first."""

from __future__ import annotations

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.audit.payloads import Action
from bot.desk.pages.deeds import desk_of, field, invalid, note_deed
from bot.desk.pages.personal import Personal, mentioned
from bot.desk.pages.reveal import LONGEST_REASON, SHORTEST_REASON, SHOWN_FOR
from bot.desk.pages.transcript import texts_of
from bot.desk.review.conversation_page import find
from bot.desk.review.notes import notes_of
from bot.desk.web.rendering import fragment
from bot.privacy.redact import redact

_ROUTE = "/conversations/<conversation_id:str>/reveal"


def add_reveal(blueprint: Blueprint) -> None:
    """Add the routes of the reveal."""
    blueprint.add_route(show_form, _ROUTE, methods=["GET"], name="reveal_form")
    blueprint.add_route(reveal, _ROUTE, methods=["POST"])


async def show_form(request: Request, conversation_id: str) -> HTTPResponse:
    """Ask why; also what follows when the minute is over."""
    return fragment(request, "conversations/_reveal.html", conversation=await find(request, conversation_id))


async def reveal(request: Request, conversation_id: str) -> HTTPResponse:
    """Show everything that is masked elsewhere."""
    reason = field(request, "reason")
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise invalid("reason_needed", shortest=SHORTEST_REASON)
    conversation = await find(request, conversation_id)
    await note_deed(request, Action.REVEAL, conversation.id, redact(reason).text)
    conversations = request.app.ctx.conversations
    written = await conversations.read(lambda connection: notes_of(connection, conversation.id))
    texts = [*await texts_of(conversations, conversation.id), *(note.words for note in written)]
    whose = [Personal("user_id", conversation.user_id)] if conversation.user_id else []
    return fragment(
        request,
        "conversations/_revealed.html",
        conversation=conversation,
        personal=[*whose, *(each for each in mentioned(texts) if each.value != conversation.user_id)],
        until=desk_of(request).clock() + SHOWN_FOR,
        seconds=int(SHOWN_FOR.total_seconds()),
    )
