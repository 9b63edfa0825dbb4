"""Utterances as Rasa's NLU YAML: read, written anew, and added to a file that keeps its looks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import yaml

from bot.utterances.errors import UnreadableUtterances
from bot.utterances.utterance import LANGUAGES, Utterance

_HEAD = 'version: "3.1"\nnlu:\n'
_INDENT = "    "
# The last line of a file that ends with examples, which is what it looks like to add one.
_LAST_EXAMPLE = re.compile(r"^( +)- \S.*\n\Z", re.MULTILINE)
_DASH = "-"


def read_nlu(content: str, place: str, language: str | None = None) -> list[Utterance]:
    """Every example of a file, of its block's own language (metadata) or else of the given one.

    Raises:
        UnreadableUtterances: when it is no NLU YAML, or a block says neither intent nor language.
    """
    try:
        document = yaml.load(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise UnreadableUtterances(f"{place}: no YAML ({_first_line(error)})") from error
    blocks = document.get("nlu") if isinstance(document, dict) else None
    if not isinstance(blocks, list):
        raise UnreadableUtterances(f"{place}: no NLU data: it has no list 'nlu'")
    return [utterance for block in blocks for utterance in _read_block(block, place, language)]


def write_nlu(utterances: Sequence[Utterance]) -> str:
    """A file of these, a block for each language and intent, which names its language."""
    groups: dict[tuple[str, str], list[str]] = {}
    for utterance in utterances:
        groups.setdefault((utterance.language, utterance.intent), []).append(utterance.text)
    blocks = (
        f"- intent: {intent}\n  metadata:\n    language: {language}\n  examples: |\n{_lines(_INDENT, texts)}"
        for (language, intent), texts in sorted(groups.items())
    )
    return _HEAD + "".join(blocks) if groups else _HEAD.replace("nlu:", "nlu: []")


def with_examples(content: str | None, intent: str, texts: Sequence[str], place: str) -> str:
    """The file of an intent with more examples at its end; a new file where there is none.

    Raises:
        UnreadableUtterances: when the file does not end with examples of that intent, so that nothing can be added.
    """
    if content is None:
        return f"{_HEAD}- intent: {intent}\n  examples: |\n{_lines(_INDENT, texts)}"
    last = _LAST_EXAMPLE.search(content)
    added = content + _lines(last[1], texts) if last else content
    before, after = (_texts(each, place) for each in (content, added))
    if after != [*before, *((intent, text) for text in texts)]:
        raise UnreadableUtterances(f"{place}: does not end with examples of {intent}, so nothing can be added to it")
    return added


def _lines(indent: str, texts: Iterable[str]) -> str:
    return "".join(f"{indent}- {text}\n" for text in texts)


def _texts(content: str, place: str) -> list[tuple[str, str]]:
    return [(utterance.intent, utterance.text) for utterance in read_nlu(content, place, LANGUAGES[0])]


def _read_block(block: Any, place: str, language: str | None) -> list[Utterance]:
    if not isinstance(block, dict) or not block.keys() & {"intent", "synonym", "regex", "lookup"}:
        raise UnreadableUtterances(f"{place}: a block of 'nlu' names no intent")
    if "intent" not in block:
        return []
    intent, examples = str(block["intent"]), block.get("examples")
    if not isinstance(examples, str):
        raise UnreadableUtterances(f"{place}: the examples of {intent} are no text with one example a line")
    metadata = block.get("metadata")
    named = metadata.get("language") if isinstance(metadata, dict) else None
    spoken = language if named is None else str(named)
    if spoken not in LANGUAGES:
        raise UnreadableUtterances(f"{place}: the language of {intent} is none of {', '.join(LANGUAGES)}: {spoken}")
    return [Utterance(text, intent, spoken, place) for text in _examples(examples)]


def _examples(examples: str) -> list[str]:
    lines = (line[1:].strip() for line in examples.splitlines() if line.startswith(_DASH))
    return [line for line in lines if line]


def _first_line(error: Exception) -> str:
    return " ".join(str(error).split())
