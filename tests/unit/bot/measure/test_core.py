"""Which lines are about a core topic, and how security and fraud are one."""

from __future__ import annotations

from bot.measure.core import SECURITY, core_rows
from bot.measure.scores import summarise
from tests.unit.bot.measure.made import row


def test_only_lines_that_people_labelled_with_a_core_topic_count() -> None:
    asked, told = row("ask_fees", "ask_usage"), row("ask_usage", "ask_fees")

    assert [found.text for found in core_rows([asked, told])] == [asked.text]


def test_fraud_taken_for_security_is_right() -> None:
    found = core_rows([row("report_fraud", "ask_security"), row("ask_security", "report_fraud")])

    assert [(each.gold, each.predicted) for each in found] == [(SECURITY, SECURITY)] * 2
    assert summarise(found).macro_f1 == 1


def test_the_two_take_one_place_in_the_ranking() -> None:
    found = core_rows([row("ask_fees", "ask_security", 0.5, "report_fraud", "ask_limits", "ask_fees")])

    assert found[0].ranking == (SECURITY, "ask_limits", "ask_fees")
    assert summarise(found).top_three == 1


def test_other_core_topics_stay_apart() -> None:
    assert summarise(core_rows([row("payment_failure", "topup_failure")])).accuracy == 0
