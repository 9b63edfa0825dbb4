"""Cases as people read them in a terminal, where a Chinese character is two columns wide."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from wcwidth import clip, ljust, width

from bot.desk.cases.payloads import Case
from bot.desk.handoffs.payloads import EventKind, Handoff, HandoffEvent

HEADINGS = ("NUMBER", "STATE", "", "REASON", "TOPIC", "USER", "OWNER", "ANSWER DUE (UTC)", "LAST WORDS")
LAST_WORDS_WIDTH = 40
FRAUD_MARK = "!"
NOTHING = "-"
GUEST = "guest"

# Characters that move the cursor, recolour the screen or turn the reading direction: a user's words must not.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
EMOJI_JOINER = "\u200d"


def list_text(handoffs: Sequence[Handoff]) -> str:
    """Write those that are cases as a table."""
    rows = [_row(handoff, handoff.case) for handoff in handoffs if handoff.case is not None]
    return _lines(_columns([HEADINGS, *rows])) if rows else "No cases.\n"


def case_text(handoff: Handoff, history: Sequence[HandoffEvent]) -> str:
    """Write everything about one case."""
    packet, case = handoff.packet, handoff.case
    state = case.state.value if case else NOTHING
    urgency = f"  {FRAUD_MARK} FRAUD, answer first" if packet.is_fraud else ""
    blocks = [
        ("", _summary(handoff)),
        ("Last words", [printable(packet.last_words) or NOTHING]),
        ("Findings", [f"{printable(found.cause)}  {_values(found.values)}".rstrip() for found in packet.findings]),
        ("Steps tried", _columns((_minute(step.at), step.step, step.outcome) for step in packet.steps)),
        ("Facts", _columns((name, _value(value)) for name, value in packet.facts.items())),
        ("History", _columns((_minute(event.at), event.actor, _told(event)) for event in history)),
    ]
    lines = [f"{packet.number}  {state}{urgency}"]
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


def _row(handoff: Handoff, case: Case) -> tuple[str, ...]:
    packet = handoff.packet
    return (
        packet.number,
        case.state.value,
        FRAUD_MARK if packet.is_fraud else "",
        packet.reason.value,
        packet.topic or NOTHING,
        packet.user_id or GUEST,
        case.owner or NOTHING,
        _minute(case.due_at),
        _shortened(packet.last_words),
    )


def _summary(handoff: Handoff) -> list[str]:
    packet, case = handoff.packet, handoff.case
    return _columns(
        [
            ("Handed over", f"{_minute(packet.requested_at)} UTC, {packet.reason.value}"),
            ("Hand-off", handoff.state.value),
            ("Answer due", f"{_minute(case.due_at)} UTC" if case else NOTHING),
            ("Resolved", f"{_minute(case.resolved_at)} UTC" if case and case.resolved_at else NOTHING),
            ("Owner", (case and case.owner) or NOTHING),
            ("Topic", packet.topic or NOTHING),
            ("User", packet.user_id or GUEST),
            ("Language", f"{packet.language.value}, on {packet.channel}"),
            ("Transcript", f"{packet.transcript.conversation_id}, until {_minute(packet.transcript.until)} UTC"),
        ]
    )


def _told(event: HandoffEvent) -> str:
    if event.kind in (EventKind.STATE, EventKind.OWNER, EventKind.TAGS):
        return f"{event.kind.value}: {event.before or NOTHING} → {event.text or NOTHING}"
    return f"{event.kind.value}: {event.text}" if event.text else event.kind.value


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
