"""What was misunderstood once is understood by the model of the present data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.utterances.known import Known
from bot.utterances.regressions import read_regressions
from bot.utterances.training_data import read_utterances
from tests.architecture.sources import ROOT, domain
from tests.stack.processes import Stack

LINES = read_regressions(Path(__file__).parent)


def test_every_line_has_an_intent_that_there_is() -> None:
    entries = domain()["intents"]
    intents = {name for entry in entries for name in ([entry] if isinstance(entry, str) else entry)}

    assert [line.text for line in LINES if line.intent not in intents] == []


def test_no_line_contradicts_the_training_data_or_another_line() -> None:
    known = Known([*read_utterances(ROOT / "data/nlu"), *LINES])

    assert [line.text for line in LINES if {each.intent for each in known.same_as(line.text)} != {line.intent}] == []


def test_every_line_is_understood(tmp_path: Path) -> None:
    if not LINES:
        pytest.skip("no line has been learned yet")
    stack = Stack(tmp_path / "var")
    stack.run("bot", "train")
    parsed = stack.run("bot", "parse", typed="".join(f"{line.text}\n" for line in LINES))
    rows = [json.loads(row) for row in parsed.splitlines()]
    assert len(rows) == len(LINES)

    wrong = [
        f"{line.text}: {line.intent} is taken for {row['intent'] if row['understood'] else 'nothing the bot acts on'}"
        for line, row in zip(LINES, rows, strict=True)
        if not row["understood"] or row["intent"] != line.intent
    ]
    assert wrong == []
