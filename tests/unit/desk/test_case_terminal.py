"""Cases as a terminal shows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

from wcwidth import wcswidth

from bot.desk.cases.payloads import Case
from bot.desk.cases.rules import open_case
from bot.desk.cases.terminal import case_text, list_text, printable
from bot.desk.handoffs.packet import Packet, Reason
from bot.desk.handoffs.payloads import EventKind, Handoff, HandoffEvent
from bot.desk.hours.hours import Hours
from bot.handoff.states import State

NOW = datetime(2026, 3, 1, 8, 31, tzinfo=timezone.utc)


def case_of(packet: Packet) -> Case:
    return open_case(packet, Hours.always(), "nobody", NOW)


def handoff_of(packet: Packet, owner: str | None = None) -> Handoff:
    """A hand-off that became a case."""
    return Handoff(
        id=1,
        packet=packet,
        state=State.CASE,
        priority=1,
        agent=None,
        queued_at=None,
        claimed_at=None,
        answered_at=None,
        ended_at=None,
        updated_at=NOW,
        position=None,
        wait=None,
        tags=(),
        case=replace(case_of(packet), owner=owner),
    )


def test_columns_line_up_behind_chinese_words(handed_over: Packet) -> None:
    chinese, english = handoff_of(handed_over, owner="小李"), handoff_of(handed_over, owner="wang")
    rows = list_text([chinese, english]).splitlines()[1:]

    assert len({wcswidth(row[: row.index("2026")]) for row in rows}) == 1


def test_fraud_is_marked_in_the_list_and_nothing_else_is(handed_over: Packet) -> None:
    fraud = handoff_of(replace(handed_over, reason=Reason.FRAUD))

    assert "open   !  fraud" in list_text([fraud])
    assert "!" not in list_text([handoff_of(handed_over)])


def test_long_last_words_are_cut_in_the_list_and_whole_in_the_case(handed_over: Packet) -> None:
    words = "为什么我的付款一直失败" * 10
    handoff = handoff_of(replace(handed_over, last_words=words))

    assert words not in list_text([handoff])
    assert "为什么我的付款一直失败为什么我的付款一…" in list_text([handoff])
    assert words in case_text(handoff, [])


def test_an_empty_list_says_so() -> None:
    assert list_text([]) == "No cases.\n"


def test_a_guest_is_called_a_guest(handed_over: Packet) -> None:
    assert "guest" in list_text([handoff_of(replace(handed_over, user_id=None))])


def test_a_case_is_shown_with_all_that_was_found_tried_and_done(handed_over: Packet) -> None:
    history = [
        HandoffEvent(NOW, "li", EventKind.NOTE, None, "called back"),
        HandoffEvent(NOW, "desk", EventKind.DEFER, None, "nobody"),
        HandoffEvent(NOW, "li", EventKind.HOLD, None, None),
        HandoffEvent(NOW, "li", EventKind.OWNER, None, "li"),
    ]
    text = case_text(handoff_of(handed_over), history)

    for expected in (
        "WH-7K3M-Q9TD  open",
        'over_daily_limit  limit: {"minor": 200000, "currency": "CNY"}',
        "2026-03-01 08:29  lower_amount  still_failing",
        "card  •••• 1234",
        "还是不行,转人工",
        "2026-03-01 08:31  li    note: called back",
        "2026-03-01 08:31  desk  defer: nobody",
        "2026-03-01 08:31  li    hold\n",
        "2026-03-01 08:31  li    owner: - → li",
        "conversation-1, until 2026-03-01 08:30 UTC",
    ):
        assert expected in text


def test_words_of_a_user_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[31mred\x07\u202eb\nc\td") == "a\ufffd[31mred\ufffd\ufffdb c d"


def test_emoji_stay_whole() -> None:
    assert printable("👩\u200d👧") == "👩\u200d👧"
