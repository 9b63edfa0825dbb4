"""``python -m bot learn``: a review set becomes training data and regression tests, measured before and after."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from bot.launch.learning import Learning, TrainingFailed, Workshop
from bot.launch.learning_report import printed_plan, printed_result
from bot.launch.nlu_report import measure_lines
from bot.launch.understanding import present_model
from bot.measure.errors import Unusable
from bot.measure.labelled import LANGUAGES
from bot.measure.wording import Words
from bot.training.lesson import Unlearnable
from bot.utterances.errors import UnreadableUtterances

WORDS_FILE = Path(__file__).with_name("learn.yml")
_WRONG_INPUT, _BROKEN = 2, 1
_YES = ("y", "yes")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("learn", help="learn the lines of a review set, measured before and after")
    parser.add_argument("file", type=Path, metavar="FILE", help="a review set, as the desk exports it")
    parser.add_argument(
        "--measure",
        nargs="+",
        type=Path,
        default=[],
        metavar="JSONL",
        help="labelled lines to measure with besides, as nlu-report reads them",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask before the training data are changed")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of what is printed")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Check, ask, learn, tell; the exit code is 2 for unusable files, 1 where it did not end well."""
    words = Words(arguments.language, WORDS_FILE)
    workshop = Workshop(Path(), present_model, measure_lines, _train)
    try:
        learning = Learning.prepare(workshop, arguments.file, arguments.measure)
    except (Unlearnable, Unusable, UnreadableUtterances) as error:
        sys.stderr.write(f"{error}\n{words('nothing_changed')}\n")
        return _WRONG_INPUT
    _say(printed_plan(arguments.file, learning.lesson, words))
    if learning.lesson.new and not (arguments.yes or _agrees(words)):
        _say(words("nothing_changed"))
        return _BROKEN
    _say(words("training" if learning.lesson.new else "not_trained"))
    try:
        result = learning.learn()
    except (TrainingFailed, KeyboardInterrupt):
        sys.stderr.write(f"{words('put_back')}\n")
        return _BROKEN
    _say(printed_result(result, words))
    return _BROKEN if result.broken else 0


def _train() -> bool:
    """Train the model of the present data in a process of its own: this one has measured without TensorFlow."""
    return subprocess.run([sys.executable, "-m", "bot", "train"], check=False).returncode == 0


def _agrees(words: Words) -> bool:
    try:
        return input(words("question")).strip().lower() in _YES
    except EOFError:
        sys.stdout.write("\n")
        return False


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
