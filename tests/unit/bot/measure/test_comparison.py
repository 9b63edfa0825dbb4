"""What became better and what worse between two reports."""

from __future__ import annotations

import pytest

from bot.measure.comparison import Change, compare
from bot.measure.report import ALL, measure
from tests.unit.bot.measure.made import row

BEFORE = measure([row("ask_fees", language="zh"), row("ask_limits", "ask_fees", language="zh")])
AFTER = measure(
    [row("ask_fees", "ask_limits", language="zh"), row("ask_limits", language="zh"), row("greet", language="en")]
)


def test_each_figure_of_the_summary_has_its_difference() -> None:
    summary = {change.name: change for change in compare(BEFORE, AFTER)[ALL].summary}

    assert (summary["lines"].before, summary["lines"].after, summary["lines"].difference) == (2, 3, 1)
    assert summary["accuracy"].difference == pytest.approx(2 / 3 - 1 / 2)


def test_the_intent_that_fell_most_comes_first() -> None:
    intents = compare(BEFORE, AFTER)["zh"].intents

    assert intents == (Change("ask_fees", pytest.approx(2 / 3), 0.0), Change("ask_limits", 0.0, pytest.approx(2 / 3)))


def test_intents_that_are_new_or_gone_come_last() -> None:
    before, after = measure([row("gone"), row("stays")]), measure([row("new"), row("stays", "new")])

    assert [change.name for change in compare(before, after)[ALL].intents] == ["stays", "new", "gone"]


def test_a_language_of_only_one_of_them_has_no_difference() -> None:
    for before, after in ((BEFORE, AFTER), (AFTER, BEFORE)):
        english = compare(before, after)["en"]
        assert [change.difference for change in (*english.summary, *english.intents)] == [None] * 6


def test_a_report_does_not_differ_from_itself() -> None:
    for part in compare(AFTER, AFTER).values():
        assert {change.difference for change in (*part.summary, *part.core, *part.intents)} == {0}
