"""Gives the review set out: the lines are marked, then fetched as training data and as regression tests."""

from __future__ import annotations

from datetime import datetime, timezone

from sanic import Blueprint, HTTPResponse, Request
from sanic.response import redirect, text

from bot.desk.audit.payloads import Action
from bot.desk.errors import NotFoundError
from bot.desk.learning import corrections
from bot.desk.learning.downloads import TRAINING, WRITERS, file_name, utterances
from bot.desk.learning.review_set_page import REVIEW_SET
from bot.desk.pages.deeds import desk_of, invalid, note_deed

_YAML = "application/yaml; charset=utf-8"
_LAST_SECOND = 2**40


def add_export(blueprint: Blueprint) -> None:
    """Add the routes of what is given out."""
    blueprint.add_route(export, f"{REVIEW_SET}/exports", methods=["POST"])
    blueprint.add_route(download, f"{REVIEW_SET}/exports/<at:int>/<kind:str>", methods=["GET"])


async def export(request: Request) -> HTTPResponse:
    """Give out every line that has not been; the page then offers its two files."""
    now = desk_of(request).clock()
    marked = await request.app.ctx.conversations.write(lambda connection: corrections.mark_exported(connection, now))
    if not marked:
        raise invalid("learning_nothing_waits")
    await note_deed(request, Action.EXPORT_REVIEW_SET, file_name(TRAINING, now, request), str(marked))
    return redirect(f"{REVIEW_SET}#exports", status=303)


async def download(request: Request, at: int, kind: str) -> HTTPResponse:
    """Send the lines of one export as a file.

    Raises:
        NotFoundError: when there is no such export, or no such file of it.
    """
    writer = WRITERS.get(kind)
    is_second = 0 <= at < _LAST_SECOND
    found = is_second and await request.app.ctx.conversations.read(
        lambda connection: corrections.of_export(connection, at)
    )
    if writer is None or not found:
        raise NotFoundError("there is no such file")
    name = file_name(kind, datetime.fromtimestamp(at, timezone.utc), request)
    await note_deed(request, Action.EXPORT_REVIEW_SET, name, str(len(found)))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return text(writer(utterances(found)), headers=headers, content_type=_YAML)
