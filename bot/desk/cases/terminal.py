"""Cases as people read them in a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from wcwidth import clip, ljust, width

from bot.desk.cases.payloads import Case, CaseEvent, EventKind
from bot.desk.cases.rules import is_fraud

HEADINGS = ("NUMBER", "STATE", "", "REASON", "TOPIC", "USER", "OWNER", "ANSWER DUE (UTC)", "LAST WORDS")
LAST_WORDS_WIDTH = 40
FRAUD_MARK = "!"
NOTHING = "-"
GUEST = "guest"

# Characters that move the cursor, recolour the screen or turn the reading direction: a user's words must not.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
EMOJI_JOINER = "\u200d"


def list_text(cases: Sequence[Case]) -> str:
    """Write cases as a table."""
    if not cases:
        return "No cases.\n"
    return _lines(_columns([HEADINGS, *(_row(case) for case in cases)]))


def case_text(case: Case, history: Sequence[CaseEvent]) -> str:
    """Write everything about one case."""
    handoff = case.handoff
    urgency = f"  {FRAUD_MARK} FRAUD, answer first" if is_fraud(handoff) else ""
    blocks = [
        ("", _summary(case)),
        ("Last words", [printable(handoff.last_words) or NOTHING]),
        ("Findings", [f"{printable(found.cause)}  {_values(found.values)}".rstrip() for found in handoff.findings]),
        ("Steps tried", _columns((_minute(step.at), step.step, step.outcome) for step in handoff.steps)),
        ("Facts", _columns((name, _value(value)) for name, value in handoff.facts.items())),
        ("History", _columns((_minute(event.at), event.actor, _told(event)) for event in history)),
    ]
    lines = [f"{handoff.number}  {case.state.value}{urgency}"]
    for title, entries in blocks:
        lines += ["", title] if title else [""]
        lines += [f"  {entry}" for entry in entries or [NOTHING]]
    return _lines(lines)


def printable(text: str) -> str:
    """Return the text on one line, with nothing in it that a terminal would obey."""
    return "".join(
        "\ufffd" if unicodedata.category(character) in UNPRINTABLE and character != EMOJI_JOINER else character
        for character in " ".join(text.split())
    )


def _row(case: Case) -> tuple[str, ...]:
    handoff = case.handoff
    return (
        handoff.number,
        case.state.value,
        FRAUD_MARK if is_fraud(handoff) else "",
        handoff.reason.value,
        handoff.topic or NOTHING,
        handoff.user_id or GUEST,
        case.owner or NOTHING,
        _minute(case.due_at),
        _shortened(handoff.last_words),
    )


def _summary(case: Case) -> list[str]:
    handoff = case.handoff
    return _columns(
        [
            ("Handed over", f"{_minute(handoff.requested_at)} UTC, {handoff.reason.value}"),
            ("Answer due", f"{_minute(case.due_at)} UTC"),
            ("Resolved", f"{_minute(case.resolved_at)} UTC" if case.resolved_at else NOTHING),
            ("Owner", case.owner or NOTHING),
            ("Topic", handoff.topic or NOTHING),
            ("User", handoff.user_id or GUEST),
            ("Language", f"{handoff.language.value}, on {handoff.channel}"),
            ("Transcript", f"{handoff.transcript.conversation_id}, until {_minute(handoff.transcript.until)} UTC"),
        ]
    )


def _told(event: CaseEvent) -> str:
    if event.kind is EventKind.RECEIVED:
        return "received"
    if event.kind is EventKind.NOTE:
        return f"note: {event.after}"
    return f"{event.kind.value}: {event.before or NOTHING} → {event.after or NOTHING}"


def _columns(rows: Iterable[Sequence[str]]) -> list[str]:
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    return ["  ".join(ljust(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip() for row in cells]


def _shortened(text: str) -> str:
    line = printable(text)
    return line if width(line) <= LAST_WORDS_WIDTH else clip(line, 0, LAST_WORDS_WIDTH - 1).rstrip() + "…"


def _values(values: dict[str, Any]) -> str:
    return ", ".join(f"{printable(name)}: {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    return printable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
