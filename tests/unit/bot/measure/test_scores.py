"""Accuracy and F1 against figures reckoned by hand."""

from __future__ import annotations

import pytest

from bot.measure.scores import IntentFigures, figures_of_intents, summarise
from tests.unit.bot.measure.made import SIX, row


def test_the_summary_is_what_one_reckons_by_hand() -> None:
    summary = summarise(SIX)

    assert summary.lines == 6
    assert summary.accuracy == pytest.approx(4 / 6)
    assert summary.macro_f1 == pytest.approx((2 / 3 + 1 / 2 + 1) / 3)
    assert summary.weighted_f1 == pytest.approx((3 * 2 / 3 + 2 * 1 / 2 + 1) / 6)


def test_each_intent_is_what_one_reckons_by_hand() -> None:
    a, b = figures_of_intents(SIX, ["a", "b"])

    assert a == IntentFigures("a", *(pytest.approx(2 / 3),) * 3, support=3, predicted=3)
    assert b == IntentFigures("b", 0.5, 0.5, 0.5, support=2, predicted=2)


def test_the_mean_is_over_the_intents_of_the_lines_alone() -> None:
    summary = summarise([row("a"), row("a", "elsewhere")])

    assert summary.macro_f1 == pytest.approx(2 / 3)


def test_an_intent_that_was_never_predicted_counts_as_nothing() -> None:
    summary = summarise([row("a"), row("b", "a")])

    assert summary.macro_f1 == pytest.approx((2 / 3 + 0) / 2)


def test_the_third_of_the_ranking_counts_and_the_fourth_does_not() -> None:
    third, fourth = row("a", "b", 0.5, "c", "a"), row("a", "b", 0.5, "c", "d", "a")

    assert summarise([third, fourth]).top_three == 0.5
