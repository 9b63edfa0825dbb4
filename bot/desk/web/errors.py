"""Turns every error of a page into words: a page of its own, or a notice where htmx asked."""

from __future__ import annotations

import logging
from inspect import isawaitable
from typing import Any

from sanic import Blueprint, HTTPResponse, Request, Sanic
from sanic.exceptions import NotFound, SanicException, ServiceUnavailable
from sqlalchemy.exc import OperationalError

from bot.desk.error_handlers import CODE_OF_STATUS, STATUS
from bot.desk.errors import DeskError, ErrorCode
from bot.desk.web.headers import PAGE_HEADERS
from bot.desk.web.rendering import Rendering, fragment, is_htmx, language_of, page
from bot.store.patience import TookTooLong
from bot.telemetry.request_ids import fields_of, request_id

logger = logging.getLogger(__name__)


def show_errors_in_words(blueprint: Blueprint) -> None:
    """Answer every error of these routes with words."""
    for kind, handler in {
        DeskError: _desk_error,
        SanicException: _framework_error,
        OperationalError: _database_away,
        TookTooLong: _took_too_long,
        Exception: _unforeseen,
    }.items():
        blueprint.exception(kind)(handler)


def words_of(request: Request, code: ErrorCode, details: dict[str, Any]) -> str:
    """Say an error in the reader's language: by the text it names, else by its code."""
    rendering: Rendering = request.app.ctx.rendering
    texts = rendering.texts[language_of(request)]
    # Who has it is all that the loser of a race needs to know.
    name = details.get("text_name", "taken" if code is ErrorCode.CONFLICT and details.get("agent") else code.value)
    text = texts.get(f"error_{name}", texts[f"error_{code.value}"])
    return text(**{**details, "request_id": request_id(request)})


def show_unknown_addresses(app: Sanic) -> None:
    """Answer a browser with a page where there is nothing; programs go on getting what they got."""
    otherwise = app.error_handler.lookup(NotFound("nothing"), None)

    async def unknown(request: Request, error: NotFound) -> HTTPResponse:
        if "text/html" in request.headers.get("Accept", ""):
            return _answer(request, ErrorCode.NOT_FOUND, {})
        answer: Any = otherwise(request, error)
        told: HTTPResponse = await answer if isawaitable(answer) else answer
        return told

    app.error_handler.add(NotFound, unknown)


async def _desk_error(request: Request, error: DeskError) -> HTTPResponse:
    return _answer(request, error.code, error.details)


async def _framework_error(request: Request, error: SanicException) -> HTTPResponse:
    status = error.status_code
    # Sanic's word for a browser that left while it was being answered.
    has_left = isinstance(error, ServiceUnavailable)
    if status >= 500 and not has_left:
        logger.error("page failed", exc_info=error, extra=fields_of(request))
    unnamed = ErrorCode.INVALID_REQUEST if 400 <= status < 500 else ErrorCode.INTERNAL
    return _answer(request, CODE_OF_STATUS.get(status, unnamed), {})


async def _database_away(request: Request, error: OperationalError) -> HTTPResponse:
    logger.error("database unavailable", exc_info=error, extra=fields_of(request))
    return _answer(request, ErrorCode.UNAVAILABLE, {})


async def _took_too_long(request: Request, _error: TookTooLong) -> HTTPResponse:
    return _answer(request, ErrorCode.UNAVAILABLE, {"text_name": "search_too_long"})


async def _unforeseen(request: Request, error: Exception) -> HTTPResponse:
    logger.error("page failed", exc_info=error, extra=fields_of(request))
    return _answer(request, ErrorCode.INTERNAL, {})


def _answer(request: Request, code: ErrorCode, details: dict[str, Any]) -> HTTPResponse:
    render, template = (fragment, "_notice.html") if is_htmx(request) else (page, "error.html")
    answer = render(request, template, status=STATUS[code], words=words_of(request, code, details), code=code.value)
    if "retry_after" in details:
        answer.headers["Retry-After"] = str(details["retry_after"])
    # What fails before any middleware has run gets its headers here.
    answer.headers.update(PAGE_HEADERS)
    return answer
