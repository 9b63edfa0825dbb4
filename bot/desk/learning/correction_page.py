"""The part under a line of a user: what it was taken for, what it should have been, the words that are learned."""

from __future__ import annotations

import json
from urllib.parse import unquote

from sanic import Blueprint, HTTPResponse, Request

from bot.desk.audit.payloads import Action
from bot.desk.errors import NotFoundError
from bot.desk.learning import corrections
from bot.desk.learning.comparison import Remark
from bot.desk.learning.corrections import Correction
from bot.desk.learning.intents import all_intents, grouped, words_to_find
from bot.desk.learning.line import Line, is_seq, read_line
from bot.desk.learning.taught import Taught, taught_of
from bot.desk.learning.words import problem_of, proposed
from bot.desk.pages.deeds import agent_of, desk_of, field, invalid, note_deed, note_reading
from bot.desk.pages.personal import mask_personal
from bot.desk.web.rendering import Rendering, fragment
from bot.utterances.utterance import LANGUAGES, LONGEST, as_example

_PART = "/conversations/<conversation_id:str>/lines/<seq:int>/correction"
CHANGED = "desk:corrected"


def add_correction(blueprint: Blueprint) -> None:
    """Add the routes of the part."""
    blueprint.add_route(show_correction, _PART, methods=["GET"])
    blueprint.add_route(keep_correction, _PART, methods=["POST"])
    blueprint.add_route(check_correction, f"{_PART}/check", methods=["POST"])
    blueprint.add_route(remove_correction, f"{_PART}/remove", methods=["POST"])


async def show_correction(request: Request, conversation_id: str, seq: int) -> HTTPResponse:
    """Show how the line was taken, and the form that puts it right."""
    line = await _line(request, conversation_id, seq)
    await note_reading(request, line.conversation_id)
    kept = await request.app.ctx.conversations.read(lambda connection: corrections.find(connection, seq))
    proposal = proposed(line.text, line.user_id)
    taught = await taught_of(request)
    form = {
        "words": kept.words if kept else proposal.words,
        "intent": kept.intent if kept else "",
        "language": kept.language if kept else line.language,
    }
    remarks = await _remarks(request, line, taught, form)
    return _show(request, line, taught, form, remarks, kept=kept, is_cut=proposal.is_cut and not kept)


async def keep_correction(request: Request, conversation_id: str, seq: int) -> HTTPResponse:
    """Put the line into the review set, unless its words cannot or need not be learned."""
    line, taught = await _line(request, conversation_id, seq), await taught_of(request)
    form = _form(request)
    if form["language"] not in LANGUAGES or form["intent"] not in _intents(line, taught):
        raise invalid("learning_choose")
    remarks = await _remarks(request, line, taught, form)
    if any(remark.is_refusal for remark in remarks):
        return _show(request, line, taught, form, remarks, is_refused=True)
    correction = Correction(
        event_id=seq,
        conversation_id=line.conversation_id,
        language=form["language"],
        words=form["words"],
        predicted=line.taken.intent,
        confidence=line.taken.confidence,
        intent=form["intent"],
        by=agent_of(request).name,
        at=desk_of(request).clock(),
    )
    await request.app.ctx.conversations.write(lambda connection: corrections.keep(connection, correction))
    await note_deed(request, Action.CORRECT, line.conversation_id, f"{seq} → {correction.intent}")
    answer = fragment(request, "learning/_kept.html", line=line, kept=correction)
    return _told(answer, seq, correction.intent)


async def check_correction(request: Request, conversation_id: str, seq: int) -> HTTPResponse:
    """Show what speaks for or against the words as they stand in the form."""
    line, taught = await _line(request, conversation_id, seq), await taught_of(request)
    remarks = await _remarks(request, line, taught, _form(request))
    return fragment(request, "learning/_remarks.html", remarks=remarks, longest=LONGEST)


async def remove_correction(request: Request, conversation_id: str, seq: int) -> HTTPResponse:
    """Take the line out of the review set."""
    conversation_id = unquote(conversation_id)
    if not is_seq(seq):
        raise NotFoundError("the line is not in the review set")
    gone = await request.app.ctx.conversations.write(
        lambda connection: corrections.remove(connection, conversation_id, seq)
    )
    if not gone:
        raise NotFoundError("the line is not in the review set")
    await note_deed(request, Action.UNCORRECT, conversation_id, str(seq))
    return _told(fragment(request, "learning/_removed.html"), seq, None)


async def _line(request: Request, conversation_id: str, seq: int) -> Line:
    return await read_line(request.app.ctx.conversations, unquote(conversation_id), seq)


def _form(request: Request) -> dict[str, str]:
    form = {name: field(request, name) for name in ("words", "intent", "language")}
    return {**form, "words": as_example(form["words"])}


async def _remarks(request: Request, line: Line, taught: Taught, form: dict[str, str]) -> list[Remark]:
    problem = problem_of(form["words"], line.user_id)
    if problem:
        return [Remark(problem)]
    in_set = await request.app.ctx.conversations.read(corrections.newest)
    others = [each for each in in_set if each.event_id != line.seq]
    return await taught.remarks_on(form["words"], form["intent"], others)


def _show(
    request: Request,
    line: Line,
    taught: Taught,
    form: dict[str, str],
    remarks: list[Remark],
    kept: Correction | None = None,
    is_cut: bool = False,
    is_refused: bool = False,
) -> HTTPResponse:
    rendering: Rendering = request.app.ctx.rendering
    likeliest = [guess.intent for guess in line.guesses]
    intents = _intents(line, taught)
    return fragment(
        request,
        "learning/_correction.html",
        line=line,
        text=mask_personal(line.text, line.user_id),
        form=form,
        remarks=remarks,
        kept=kept,
        is_cut=is_cut,
        is_refused=is_refused,
        is_readable=taught.is_readable,
        groups=grouped(intents.difference(likeliest)),
        found_by={intent: words_to_find(intent, rendering.texts) for intent in intents},
        languages=LANGUAGES,
        longest=LONGEST,
    )


def _intents(line: Line, taught: Taught) -> set[str]:
    return all_intents(taught.known.intents) | {guess.intent for guess in line.guesses}


def _told(answer: HTTPResponse, seq: int, intent: str | None) -> HTTPResponse:
    answer.headers["HX-Trigger"] = json.dumps({CHANGED: {"seq": seq, "intent": intent}})
    return answer
