"""Reads labelled lines: ``{"text", "intent"[, "language"]}`` one a line; what is wrong is told with its place."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.measure.errors import Unusable

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Line:
    """One utterance with the intent that people gave it. ``language`` is None where neither line nor file says it."""

    text: str
    label: str
    language: str | None
    place: str


def read_files(paths: Iterable[Path]) -> list[Line]:
    """Every line of every file. Raises Unusable with file and line for the first that cannot be read."""
    return [line for path in paths for line in _read_file(path)]


def with_known_labels(lines: Iterable[Line], mapping: Mapping[str, str], known: Collection[str]) -> list[Line]:
    """The lines with labels that the model knows. Raises Unusable with the names of all it does not."""
    mapped = [replace(line, label=mapping.get(line.label, line.label)) for line in lines]
    unknown = {line.label: line.place for line in reversed(mapped) if line.label not in known}
    if unknown:
        named = ", ".join(f"{label!r} ({unknown[label]})" for label in sorted(unknown))
        raise Unusable(f"the model knows no intent {named}; say --label {min(unknown)}=INTENT for one it knows")
    return mapped


def _read_file(path: Path) -> list[Line]:
    language = next((name for name in LANGUAGES if path.name.startswith(f"{name}_")), None)
    try:
        # Windows puts a mark before the first line. Only a line feed ends a line, an utterance may hold the others.
        content = path.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    lines = [
        _read_line(line, language, f"{path}:{number}") for number, line in enumerate(content, start=1) if line.strip()
    ]
    if not lines:
        raise Unusable(f"{path}: no line in it")
    return lines


def _read_line(line: bytes, language: str | None, place: str) -> Line:
    try:
        row = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Unusable(f"{place}: no JSON ({error})") from error
    if not isinstance(row, dict):
        raise Unusable(f'{place}: not of the form {{"text": …, "intent": …}}')
    named = row.get("language") or language
    if named is not None and named not in LANGUAGES:
        raise Unusable(f"{place}: the language {named!r} is none of {', '.join(LANGUAGES)}")
    return Line(_words(row, "text", place), _words(row, "intent", place), named, place)


def _words(row: dict[str, Any], key: str, place: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise Unusable(f"{place}: {key!r} is missing" if value is None else f"{place}: {key!r} is no text")
    # JSON can bring half of a surrogate pair, which neither a file nor a terminal takes.
    return value.encode("utf-8", "replace").decode("utf-8")
