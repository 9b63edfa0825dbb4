"""Lines that were misunderstood once and must not be again: files of ``{language, intent, text}``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.utterances.errors import UnreadableUtterances
from bot.utterances.training_data import read_text
from bot.utterances.utterance import LANGUAGES, Utterance, folded

_KEYS = ("language", "intent", "text")
_NEVER_WRAPPED = 1 << 20  # characters


def read_regressions(folder: Path) -> list[Utterance]:
    """The lines of every file of a folder. Raises UnreadableUtterances."""
    return [
        line for path in sorted(folder.glob("*.yml")) for line in parse_regressions(read_text(path), path.as_posix())
    ]


def parse_regressions(content: str, place: str) -> list[Utterance]:
    """The lines of one file; none where it holds only comments. Raises UnreadableUtterances."""
    try:
        rows = yaml.load(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise UnreadableUtterances(f"{place}: no YAML ({' '.join(str(error).split())})") from error
    if not isinstance(rows, (list, type(None))):
        raise UnreadableUtterances(f"{place}: no list of lines")
    return [_line(row, f"{place}: line {number}") for number, row in enumerate(rows or (), start=1)]


def write_regressions(lines: Iterable[Utterance]) -> str:
    """The content of a file, or of what is put behind one."""
    rows = [{"language": line.language, "intent": line.intent, "text": line.text} for line in lines]
    if not rows:
        return ""
    return str(yaml.dump(rows, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=_NEVER_WRAPPED))


def without_known(lines: Iterable[Utterance], known: Sequence[Utterance]) -> list[Utterance]:
    """The lines that are not among the known ones, each once."""
    seen = {_key(line) for line in known}
    new = []
    for line in lines:
        if _key(line) not in seen:
            seen.add(_key(line))
            new.append(line)
    return new


def _key(line: Utterance) -> tuple[str, str, str]:
    return line.language, line.intent, folded(line.text)


def _line(row: Any, place: str) -> Utterance:
    values = [row.get(key) for key in _KEYS] if isinstance(row, dict) else [None]
    if not all(isinstance(value, str) and value.strip() for value in values) or values[0] not in LANGUAGES:
        raise UnreadableUtterances(f"{place}: not of the form {{language, intent, text}}")
    language, intent, text = map(str, values)
    return Utterance(text, intent, language, place)
