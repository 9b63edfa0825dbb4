"""The leads' downloads: the conversations of a list, by the same address parameters as the list itself."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import TypeVar

from sanic import Request, Sanic
from sqlalchemy.engine import Connection

from bot.desk.agents.payloads import Role
from bot.desk.audit.payloads import Action
from bot.desk.export.lines import lines_of
from bot.desk.export.stream import stream_file
from bot.desk.export.table import table_of
from bot.desk.export.walk import Read
from bot.desk.lasting import lasting_of
from bot.desk.pages.deeds import desk_of, note_deed
from bot.desk.selection import PARAMETERS, query_of, read_selection
from bot.desk.web.rendering import Rendering, language_of
from bot.desk.web.routes import signed_in_routes
from bot.privacy.redact import redact
from bot.store.conversation_filter import ConversationFilter

Result = TypeVar("Result")

CSV, JSONL = "conversations.csv", "conversations.jsonl"
Make = Callable[[Read, ConversationFilter, float], AsyncIterator[str]]


def add_export(app: Sanic) -> None:
    """Add the downloads."""
    routes = signed_in_routes("export", Role.LEAD)
    routes.add_stream(send_table, f"/{CSV}")
    routes.add_stream(send_lines, f"/{JSONL}")
    app.blueprint(routes)


async def send_table(request: Request) -> None:
    """Send one row a conversation."""
    rendering: Rendering = request.app.ctx.rendering
    zone, texts = rendering.zone, rendering.texts[language_of(request)]

    def table(read: Read, wanted: ConversationFilter, now: float) -> AsyncIterator[str]:
        return table_of(read, wanted, now, zone, texts)

    await _send(request, CSV, "text/csv; charset=utf-8", table)


async def send_lines(request: Request) -> None:
    """Send one line an event."""
    await _send(request, JSONL, "application/x-ndjson; charset=utf-8", lines_of)


async def _send(request: Request, name: str, content_type: str, make: Make) -> None:
    rendering: Rendering = request.app.ctx.rendering
    lasting, conversations, now = lasting_of(request), request.app.ctx.conversations, desk_of(request).clock()
    wanted = read_selection({each: request.args.get(each, "") for each in PARAMETERS}, rendering.zone)

    async def read(work: Callable[[Connection], Result]) -> Result:
        return await lasting.finish(conversations.read(work))

    # What was searched for may be what a user should not have told.
    told = replace(wanted, words=wanted.words and redact(wanted.words).text)
    query = query_of(told, rendering.zone)
    await lasting.finish(note_deed(request, Action.EXPORT, name, query or None))
    day = now.astimezone(rendering.zone).date()
    await stream_file(request, name.replace(".", f"-{day}."), content_type, make(read, wanted, now.timestamp()))
