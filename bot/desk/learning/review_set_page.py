"""The list of the review set: what was put right, by whom, and whether it was given out."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from sanic import Blueprint, HTTPResponse, Request
from sqlalchemy.engine import Connection

from bot.desk.learning import corrections
from bot.desk.learning.corrections import Correction, CorrectionFilter, Export
from bot.desk.learning.downloads import TRAINING, file_name
from bot.desk.learning.intents import all_intents, grouped
from bot.desk.learning.taught import taught_of
from bot.desk.pages.deeds import invalid
from bot.desk.web.forms import storable
from bot.desk.web.rendering import page
from bot.utterances.utterance import LANGUAGES

REVIEW_SET = "/review-set"
PAGE_LENGTH = 50
FIELDS = ("language", "intent", "by", "exported")
EXPORTED = {"yes": True, "no": False}
_LARGEST = 2**63


@dataclass(frozen=True)
class _Shown:
    """What is read for the page, in one transaction."""

    rows: list[Correction]
    waiting: int
    authors: list[str]
    exports: list[Export]


def add_review_set(blueprint: Blueprint) -> None:
    """Add the route of the list."""
    blueprint.add_route(show_review_set, REVIEW_SET, methods=["GET"])


async def show_review_set(request: Request) -> HTTPResponse:
    """List a piece of the set."""
    asked = {name: text for name in FIELDS if (text := storable(request.args.get(name, "")).strip())}
    wanted, after = _filter(asked), _cursor(request.args.get("after", ""))
    shown: _Shown = await request.app.ctx.conversations.read(lambda connection: _read(connection, wanted, after))
    rows = shown.rows[:PAGE_LENGTH]
    is_more = len(shown.rows) > PAGE_LENGTH
    return page(
        request,
        "learning/review_set.html",
        rows=rows,
        waiting=shown.waiting,
        authors=shown.authors,
        exports=shown.exports,
        asked=asked,
        groups=grouped(all_intents((await taught_of(request)).known.intents)),
        languages=LANGUAGES,
        command=f"python -m bot learn {file_name(TRAINING, shown.exports[0].at, request)}" if shown.exports else "",
        here=_address({**asked, "after": request.args.get("after", "")}),
        newest=_address(asked) if after else None,
        older=_address({**asked, "after": f"{rows[-1].at.timestamp()!r}_{rows[-1].event_id}"}) if is_more else None,
    )


def _read(connection: Connection, wanted: CorrectionFilter, after: tuple[float, int] | None) -> _Shown:
    return _Shown(
        rows=corrections.page(connection, wanted, after, PAGE_LENGTH + 1),
        waiting=corrections.count(connection, CorrectionFilter(is_exported=False)),
        authors=corrections.authors(connection),
        exports=corrections.exports(connection),
    )


def _filter(asked: dict[str, str]) -> CorrectionFilter:
    values = {name: asked.get(name) for name in ("language", "intent", "by")}
    return CorrectionFilter(**values, is_exported=EXPORTED.get(asked.get("exported", "")))


def _cursor(text: str) -> tuple[float, int] | None:
    if not text:
        return None
    at, _, event_id = text.partition("_")
    try:
        cursor = float(at), int(event_id)
    except ValueError as error:
        raise invalid("after") from error
    if not (0 <= cursor[0] < _LARGEST and 0 <= cursor[1] < _LARGEST):
        raise invalid("after")
    return cursor


def _address(values: dict[str, str]) -> str:
    query = urlencode({name: value for name, value in values.items() if value})
    return f"{REVIEW_SET}?{query}" if query else REVIEW_SET
