"""Cases as a terminal shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from wcwidth import wcswidth

from bot.desk.cases.payloads import Case, CaseEvent, EventKind, Handoff, Reason
from bot.desk.cases.rules import open_case
from bot.desk.cases.terminal import case_text, list_text, printable

NOW = datetime(2026, 3, 1, 8, 31, tzinfo=timezone.utc)


def test_columns_line_up_behind_chinese_words(handoff: Handoff) -> None:
    chinese, english = replace(open_case(handoff, NOW), owner="小李"), replace(open_case(handoff, NOW), owner="wang")
    rows = list_text([chinese, english]).splitlines()[1:]

    assert len({wcswidth(row[: row.index("2026")]) for row in rows}) == 1


def test_fraud_is_marked_in_the_list_and_nothing_else_is(handoff: Handoff) -> None:
    fraud = open_case(replace(handoff, reason=Reason.FRAUD), NOW)

    assert "open   !  fraud" in list_text([fraud])
    assert "!" not in list_text([open_case(handoff, NOW)])


def test_long_last_words_are_cut_in_the_list_and_whole_in_the_case(handoff: Handoff) -> None:
    words = "为什么我的付款一直失败" * 10
    case = open_case(replace(handoff, last_words=words), NOW)

    assert words not in list_text([case])
    assert "为什么我的付款一直失败为什么我的付款一…" in list_text([case])
    assert words in case_text(case, [])


def test_an_empty_list_says_so() -> None:
    assert list_text([]) == "No cases.\n"


def test_a_guest_is_called_a_guest(handoff: Handoff) -> None:
    assert "guest" in list_text([open_case(replace(handoff, user_id=None), NOW)])


def test_a_case_is_shown_with_all_that_was_found_tried_and_done(handoff: Handoff) -> None:
    case: Case = open_case(handoff, NOW)
    text = case_text(case, [CaseEvent(NOW, "li", EventKind.NOTE, None, "called back")])

    for expected in (
        "WH-7K3M-Q9TD  open",
        'over_daily_limit  limit: {"minor": 200000, "currency": "CNY"}',
        "2026-03-01 08:29  lower_amount  still_failing",
        "card  •••• 1234",
        "还是不行,转人工",
        "2026-03-01 08:31  li  note: called back",
        "conversation-1, until 2026-03-01 08:30 UTC",
    ):
        assert expected in text


def test_words_of_a_user_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[31mred\x07\u202eb\nc\td") == "a\ufffd[31mred\ufffd\ufffdb c d"


def test_emoji_stay_whole() -> None:
    assert printable("👩\u200d👧") == "👩\u200d👧"
