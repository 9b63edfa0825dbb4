"""What the desk asks of the bot: letters into a conversation, who is typing, and news of all conversations."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import datetime
from typing import Any

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bearer import bears
from bot.channels.errors import ChannelError
from bot.channels.letters import Letter, Outputs, Taken, take_letter
from bot.channels.requests import body_of
from bot.handoff.states import Change
from bot.store.announcements import News
from bot.store.tracker_store import ConversationStore

_LONGEST_TEXT = 4000  # characters
_LONGEST_NAME = 128
_PING_SECONDS = 15.0
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # the second one is nginx's
_OF_DESK = frozenset(Change) - {Change.REQUEST, Change.ANSWER, Change.RATE}
_DETAILS = ("position", "wait", "due_at", "why", "opens_at")
# Without these the line of a change would have a hole.
_NEEDED = {Change.QUEUE: "position", Change.MOVE: "position", Change.REQUEUE: "position", Change.DEFER: "due_at"}
_WHY = (None, "closed", "nobody", "waited")
_ID = re.compile(r"[!-~]{1,64}")  # the database keeps no half surrogates and no zero characters
_TOLD = (News.STORED, News.USER_TYPING, News.USER_STOPPED_TYPING)
_TYPING = {True: News.PERSON_TYPING, False: News.PERSON_STOPPED_TYPING}


def desk_routes(token: str, outputs: Outputs) -> Blueprint:
    """``/desk/…``, for whoever bears the token. ``outputs`` are the channels on which a user may be, by their names."""
    routes = Blueprint("desk", url_prefix="/desk")

    @routes.on_request  # type: ignore[untyped-decorator]
    async def require_token(request: Request) -> None:
        if not bears(request, token):
            raise ChannelError(401, "unauthenticated", "this needs the token of the desk")

    @routes.post("/conversations/<conversation_id:str>/messages")
    async def take_message(request: Request, conversation_id: str) -> HTTPResponse:
        body = body_of(request)
        text = _text(body, "text", _LONGEST_TEXT, status=413)
        letter = _letter(body, conversation_id, Change.ANSWER, _text(body, "agent", _LONGEST_NAME), text)
        taken = await _take(request, outputs, letter)
        return response.json({"seq": taken.seq, "state": taken.state})

    @routes.post("/conversations/<conversation_id:str>/changes")
    async def take_change(request: Request, conversation_id: str) -> HTTPResponse:
        body = body_of(request)
        change = next((change for change in _OF_DESK if change.value == body.get("change")), None)
        if change is None:
            raise ChannelError(400, "invalid_request", f"change is one of {', '.join(sorted(_OF_DESK))}")
        name = None if body.get("agent") is None else _text(body, "agent", _LONGEST_NAME)
        taken = await _take(request, outputs, _letter(body, conversation_id, change, name))
        return response.json({"seq": taken.seq, "state": taken.state})

    @routes.post("/conversations/<conversation_id:str>/typing")
    async def take_typing(request: Request, conversation_id: str) -> HTTPResponse:
        on = body_of(request).get("on")
        if not isinstance(on, bool):
            raise ChannelError(400, "invalid_request", "on is true or false")
        await request.app.ctx.agent.tracker_store.tell(conversation_id, _TYPING[on])
        return response.empty()

    @routes.get("/news")
    async def stream_news(request: Request) -> None:
        store: ConversationStore = request.app.ctx.agent.tracker_store
        with store.announcements.of_all() as news:
            stream = await request.respond(content_type="text/event-stream", headers=_HEADERS)
            await stream.send(": open\n\n")
            while True:
                try:
                    conversation_id, item = await asyncio.wait_for(news.get(), _PING_SECONDS)
                except asyncio.TimeoutError:
                    await stream.send(": ping\n\n")
                    continue
                if item is News.CLOSING:
                    break
                if item in _TOLD:
                    told = json.dumps({"conversation_id": conversation_id, "news": item.value})
                    await stream.send(f"event: news\ndata: {told}\n\n")
            await stream.eof()

    return routes


async def _take(request: Request, outputs: Outputs, letter: Letter) -> Taken:
    # A desk that hangs up meanwhile sends the letter again, but half a letter may not be written.
    return await asyncio.shield(take_letter(request.app.ctx.agent, outputs, letter))


def _letter(
    body: dict[str, Any], conversation_id: str, change: Change, agent: str | None, text: str | None = None
) -> Letter:
    identifier, number = _text(body, "id", 64), _text(body, "number", 16)
    if not _ID.fullmatch(identifier):
        raise ChannelError(400, "invalid_request", "id has letters, digits and signs")
    return Letter(identifier, conversation_id, number, change, agent, text, _details(body, change))


def _details(body: dict[str, Any], change: Change) -> dict[str, Any]:
    details = {name: body[name] for name in _DETAILS if name in body}
    wait, position = details.get("wait"), details.get("position")
    is_range = wait is None or (isinstance(wait, list) and len(wait) == 2 and all(map(_is_count, wait)))
    if not is_range or not (position is None or _is_count(position)):
        raise ChannelError(400, "invalid_request", "position is a number, wait a list of two minutes")
    for name in ("due_at", "opens_at"):
        if not (details.get(name) is None or _is_moment(details[name])):
            raise ChannelError(400, "invalid_request", f"{name} is a moment such as 2026-03-13T03:10:00Z")
    if details.get("why") not in _WHY:
        raise ChannelError(400, "invalid_request", "why is closed, nobody or waited")
    needed = _NEEDED.get(change)
    if needed and details.get(needed) is None:
        raise ChannelError(400, "invalid_request", f"{change.value} needs {needed}")
    return details


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_moment(value: Any) -> bool:
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00")).tzinfo is not None
    except (ValueError, TypeError, AttributeError):
        return False


def _text(body: dict[str, Any], name: str, longest: int, status: int = 400) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ChannelError(400, "invalid_request", f"{name} is a text")
    if len(value) > longest:
        raise ChannelError(status, "body_too_large" if status == 413 else "invalid_request", f"{name} is too long")
    return value
