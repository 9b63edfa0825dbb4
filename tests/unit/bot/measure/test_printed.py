"""The report as a terminal shows it."""

from __future__ import annotations

import pytest
from wcwidth import wcswidth

from bot.measure.columns import columns, one_line
from bot.measure.comparison import compare
from bot.measure.printed import printed_comparison, printed_report
from bot.measure.report import Source, measure
from bot.measure.wording import Words
from tests.unit.bot.measure.made import SIX, row

SOURCE = Source("hotline.tar.gz", "2026-03-01T08:31:00.5", ("zh_a.jsonl", "en_b.jsonl"))
BOTH = [row("ask_fees", language="zh"), row("ask_limits", "ask_fees", 0.734, language="en", text="how much may I?")]


def printed(rows: list[object], language: str = "en") -> str:
    return printed_report(measure(rows, source=SOURCE), Words(language))  # type: ignore[arg-type]


def test_it_says_what_was_measured() -> None:
    assert "Model: hotline.tar.gz · Trained 2026-03-01 08:31\nLines from: zh_a.jsonl, en_b.jsonl\n" in printed(BOTH)


@pytest.mark.parametrize(("language", "accuracy"), [("zh", "准确率"), ("en", "accuracy")])
def test_every_language_of_the_lines_has_its_figures(language: str, accuracy: str) -> None:
    rows = [line.split() for line in printed(BOTH, language).splitlines()]

    words = Words(language)
    assert any(accuracy in line for line in rows)
    assert [words.part("all"), "2", "50.0%"] in [line[:3] for line in rows]
    assert [words.part("zh"), "1", "100.0%"] in [line[:3] for line in rows]
    assert [words.part("en"), "1", "0.0%"] in [line[:3] for line in rows]


def test_each_intent_has_precision_recall_f1_and_support() -> None:
    lines = [line.split() for line in printed(SIX).splitlines()]

    assert ["a", "66.7%", "66.7%", "66.7%", "3", "3"] in lines
    assert ["c", "100.0%", "100.0%", "100.0%", "1", "1"] in lines


def test_a_confusion_stands_there_with_its_examples() -> None:
    assert "ask_limits taken for ask_fees: 1, 100.0% of that intent\n  0.73  how much may I?\n" in printed(BOTH)


def test_what_the_bot_really_does_stands_below_the_thresholds() -> None:
    lines = [line.split("  ") for line in printed(BOTH).splitlines()]
    starts = [line[0] for line in lines]

    assert starts.index("as configured") == starts.index("0.9") + 1


def test_nothing_mistaken_is_said() -> None:
    assert printed([row("a")]).endswith("Worst confusions\nNothing was mistaken.\n")


def test_an_utterance_cannot_move_the_cursor() -> None:
    text = printed([row("a", "b", text="clear\x1b[2J \u202eback\nand on")])

    assert "clear\ufffd[2J \ufffdback and on" in text


def test_columns_line_up_behind_chinese_words() -> None:
    lines = list(columns([["意图", "精确率"], ["ask_fees", "9.0%"]]))

    assert len({wcswidth(line) for line in lines}) == 1


def test_a_text_over_lines_becomes_one() -> None:
    assert one_line(" a\r\n  b\t") == "a b"


def test_a_comparison_shows_before_and_after_and_the_difference() -> None:
    before, after = measure([row("ask_fees"), row("ask_fees", "x")]), measure([row("ask_fees")] * 3)

    lines = [line.split() for line in printed_comparison(compare(before, after), Words("en")).splitlines()]

    assert ["lines", "2", "→", "3", "+1"] in lines
    assert ["accuracy", "50.0%", "→", "100.0%", "+50.0"] in lines
    assert ["ask_fees", "66.7%", "→", "100.0%", "+33.3"] in lines


def test_what_is_new_has_a_dash_before_and_no_difference() -> None:
    before, after = measure([row("a")]), measure([row("a"), row("b")])

    lines = [line.split() for line in printed_comparison(compare(before, after), Words("en")).splitlines()]

    assert ["b", "–", "→", "100.0%"] in lines
