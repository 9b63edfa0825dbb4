"""All figures together: how they are parted, that they agree, and that they survive as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measure.errors import Unusable
from bot.measure.report import ALL, Source, as_json, from_json, measure
from bot.measure.rows import NOTHING, Row
from tests.unit.bot.measure.made import SIX, row

INTENTS = st.sampled_from(["ask_fees", "ask_limits", "greet", "report_fraud", "ask_security"])
ROWS = st.lists(
    st.builds(
        row,
        INTENTS,
        st.one_of(INTENTS, st.just(NOTHING)),
        st.floats(0, 1),
        INTENTS,
        understood=st.booleans(),
        language=st.sampled_from(["zh", "en", "undecided"]),
        seconds=st.floats(0, 1),
    ),
    min_size=1,
    max_size=40,
)


@given(rows=ROWS)
def test_the_sums_over_intents_are_those_over_lines(rows: list[Row]) -> None:
    for part in measure(rows).parts.values():
        right = sum(counts[part.matrix.predicted.index(gold)] for gold, counts in _rows_of(part.matrix))
        assert sum(sum(counts) for counts in part.matrix.counts) == part.summary.lines
        assert sum(intent.support for intent in part.intents) == part.summary.lines
        assert part.summary.accuracy * part.summary.lines == pytest.approx(right)
        assert sum(intent.recall * intent.support for intent in part.intents) == pytest.approx(right)
        assert sum(intent.precision * intent.predicted for intent in part.intents) == pytest.approx(right)
        assert part.summary.accuracy <= part.summary.top_three


@given(rows=ROWS)
def test_the_languages_make_up_the_whole(rows: list[Row]) -> None:
    parts = measure(rows).parts
    whole, *languages = parts.values()

    assert next(iter(parts)) == ALL
    assert sum(part.summary.lines for part in languages) == whole.summary.lines
    assert sum(part.core.lines for part in languages if part.core) == (whole.core.lines if whole.core else 0)


@given(rows=ROWS)
def test_a_report_survives_as_json(rows: list[Row]) -> None:
    report = measure(rows, ["ask_limits"], Source("a.tar.gz", "2026-03-01T08:31:00.5", ("en_a.jsonl",)))

    assert from_json(json.loads(json.dumps(as_json(report)))) == report


@pytest.mark.parametrize("content", [None, [], {}, {"parts": 3}, {"source": {}, "speed": {}, "parts": {ALL: {}}}])
def test_anything_else_is_no_report(content: Any) -> None:
    with pytest.raises(Unusable):
        from_json(content)


def test_intents_come_in_the_order_of_the_topics_then_by_name() -> None:
    part = measure(
        [row("greet"), row("affirm", "thank"), row("ask_fees"), row("ask_limits")], ["ask_limits", "ask_fees"]
    )

    assert [intent.name for intent in part.parts[ALL].intents] == ["ask_limits", "ask_fees", "affirm", "greet"]
    assert part.parts[ALL].matrix.predicted == ("ask_limits", "ask_fees", "affirm", "greet", "thank")


def test_lines_of_one_language_are_not_told_twice() -> None:
    one, two = measure([row("a", language="zh")]), measure([row("a", language="zh"), row("a", language="en")])

    assert list(one.distinct_parts) == [ALL]
    assert list(two.distinct_parts) == [ALL, "zh", "en"]


def test_without_a_core_topic_there_are_no_figures_of_them() -> None:
    assert measure(SIX).parts[ALL].core is None


def test_the_time_a_line_takes_is_told_in_milliseconds() -> None:
    speed = measure([row("a", seconds=seconds / 1000) for seconds in range(1, 102)]).speed

    assert (speed.p50, speed.p95) == (pytest.approx(51), pytest.approx(96))


def _rows_of(matrix: Any) -> Any:
    return zip(matrix.gold, matrix.counts, strict=True)
