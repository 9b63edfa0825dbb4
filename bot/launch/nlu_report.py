"""``python -m bot nlu-report``: how well the model understands labelled lines; text, a page and all figures as JSON."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import yaml

from bot.launch.understanding import Parser, facts_of, load_parser, present_model, understand
from bot.measure.comparison import compare
from bot.measure.errors import Unusable
from bot.measure.labelled import LANGUAGES, Line, read_files, with_known_labels
from bot.measure.page import page_of
from bot.measure.printed import printed_comparison, printed_report
from bot.measure.report import Report, Source, as_json, from_json, measure
from bot.measure.rows import NOTHING, UNDECIDED, Row
from bot.measure.wording import Words

PAGE = Path("var/nlu-report.html")
TOPICS_FILE = Path("data/words/topics.yml")
_TOPIC = "topic_"
# What labelled files call what is none of the topics.
_USUAL_LABELS = {"other": "out_of_scope"}
_WRONG_INPUT = 2


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser("nlu-report", help="how well the model understands labelled lines")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help='{"text", "intent"[, "language"]} a line')
    parser.add_argument(
        "--label",
        dest="labels",
        action="append",
        type=_label,
        default=[],
        metavar="LABEL=INTENT",
        help="a label of the files that the model knows by another name; other=out_of_scope is known",
    )
    parser.add_argument("--page", type=Path, default=PAGE, metavar="FILE", help=f"the page, {PAGE} if not given")
    parser.add_argument("--json", type=Path, metavar="FILE", help="all figures")
    parser.add_argument("--against", type=Path, metavar="FILE", help="compare with the figures of an earlier --json")
    parser.add_argument("--model", type=Path, metavar="FILE", help="another model than that of the present data")
    parser.add_argument("--language", choices=LANGUAGES, default="en", help="of the report")
    parser.set_defaults(handler=run)


def run(arguments: argparse.Namespace) -> int:
    """Measure, write and print; the exit code is 2 for a file or a label that cannot be used."""
    try:
        lines = read_files(arguments.files)
        before = _read_figures(arguments.against) if arguments.against else None
        report, rows = _measure(lines, arguments)
        words = Words(arguments.language)
        written = [_write(arguments.page, page_of(report, rows, words), "page_written", words)]
        if arguments.json:
            figures = json.dumps(as_json(report), ensure_ascii=False, indent=1)
            written.append(_write(arguments.json, figures + "\n", "figures_written", words))
    except Unusable as error:
        sys.stderr.write(f"{error}\n")
        return _WRONG_INPUT
    compared = printed_comparison(compare(before, report), words) if before else ""
    texts = [printed_report(report, words), compared, "".join(written)]
    sys.stdout.write("\n".join(text for text in texts if text))
    return 0


def measure_lines(model: Path, lines: Sequence[Line]) -> list[Row]:
    """What a model makes of each of one or more lines."""
    return asyncio.run(parse_lines(load_parser(model), lines))


async def parse_lines(parser: Parser, lines: Sequence[Line]) -> list[Row]:
    """What the model makes of each line."""
    # The first one waits for what is read only when it is needed, which is no line's own time.
    await understand(parser, lines[0].text)
    return [await _parse(parser, line) for line in lines]


async def _parse(parser: Parser, line: Line) -> Row:
    began = time.perf_counter()
    row = await understand(parser, line.text)
    seconds = time.perf_counter() - began
    return Row(
        text=line.text,
        gold=line.label,
        predicted=row["intent"] or NOTHING,
        confidence=row["confidence"],
        ranking=tuple(entry["name"] for entry in row["ranking"]),
        understood=row["understood"],
        language=line.language or row["language"] or UNDECIDED,
        seconds=seconds,
    )


def _measure(lines: list[Line], arguments: argparse.Namespace) -> tuple[Report, list[Row]]:
    if arguments.model and not arguments.model.is_file():
        raise Unusable(f"{arguments.model}: there is no such model")
    model = arguments.model or present_model()
    facts = facts_of(model)
    labelled = with_usual_labels(lines, facts.intents, dict(arguments.labels))
    rows = measure_lines(model, labelled)
    source = Source(model.name, facts.trained_at, tuple(path.name for path in arguments.files))
    return measure(rows, offered_topics(), source), rows


def with_usual_labels(
    lines: Iterable[Line], intents: Collection[str], labels: Mapping[str, str] = MappingProxyType({})
) -> list[Line]:
    """The lines with labels that the model knows, by ``labels`` and the usual ones. Raises Unusable for another."""
    usual = {label: intent for label, intent in _USUAL_LABELS.items() if label not in intents}
    return with_known_labels(lines, {**usual, **labels}, intents)


def offered_topics() -> list[str]:
    """What the bot offers on a button where it has not understood: the intents that have a title."""
    words = yaml.safe_load(TOPICS_FILE.read_text(encoding="utf-8"))["words"]
    return [name.removeprefix(_TOPIC) for name in words if name.startswith(_TOPIC)]


def _read_figures(path: Path) -> Report:
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError, Unusable) as error:
        raise Unusable(f"{path}: holds no figures of an earlier report, as --json writes them") from error


def _write(path: Path, content: str, told: str, words: Words) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    return words(told, path=path) + "\n"


def _label(word: str) -> tuple[str, str]:
    label, _, intent = word.partition("=")
    if not label or not intent:
        raise argparse.ArgumentTypeError(f"{word!r} is not of the form LABEL=INTENT")
    return label, intent
