"""The two files of an export: training data as Rasa reads them, and regression tests of the same lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sanic import Request

from bot.desk.learning.corrections import Correction
from bot.desk.web.rendering import Rendering
from bot.utterances.nlu_file import write_nlu
from bot.utterances.regressions import without_known, write_regressions
from bot.utterances.utterance import Utterance

TRAINING, REGRESSIONS = "review-set", "regressions"
WRITERS: Mapping[str, Callable[[list[Utterance]], str]] = {TRAINING: write_nlu, REGRESSIONS: write_regressions}


def file_name(kind: str, at: datetime, request: Request) -> str:
    """What a file of that moment is called, by the desk's clock."""
    rendering: Rendering = request.app.ctx.rendering
    return f"{kind}-{at.astimezone(rendering.zone):%Y-%m-%d-%H%M%S}.yml"


def utterances(found: Iterable[Correction]) -> list[Utterance]:
    """The lines to be learned, each once."""
    return without_known((Utterance(each.words, each.intent, each.language) for each in found), ())
