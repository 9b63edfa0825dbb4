"""What a list is filtered by, as chips; and the periods beside it."""

from __future__ import annotations

from datetime import date

from bot.desk.review.chips import chips_of, periods_of

TODAY = date(2026, 3, 1)


def test_each_parameter_is_a_chip_that_leads_to_the_others() -> None:
    chips = chips_of("q=%E9%99%90%E9%A2%9D&topic=ask_limits&reviewed=no")

    assert [(chip.name, chip.value, chip.key) for chip in chips] == [
        ("q", "限额", "限额"),
        ("topic", "ask_limits", "topic_ask_limits"),
        ("reviewed", "no", "packet_no"),
    ]
    assert chips[1].others == "q=%E9%99%90%E9%A2%9D&reviewed=no"


def test_without_a_filter_there_is_no_chip() -> None:
    assert chips_of("") == []


def test_a_period_keeps_what_else_is_asked_for() -> None:
    queries = {period.name: period.query for period in periods_of("from=2026-01-01&until=2026-01-31&tag=odd", TODAY)}

    assert queries == {
        "today": "from=2026-03-01&tag=odd",
        "week": "from=2026-02-23&tag=odd",
        "month": "from=2026-01-31&tag=odd",
        "ever": "tag=odd",
    }


def test_the_period_that_is_asked_for_is_known_and_one_with_an_end_is_none_of_them() -> None:
    def is_set(query: str) -> list[str]:
        return [period.name for period in periods_of(query, TODAY) if period.is_set]

    assert is_set("from=2026-02-23") == ["week"]
    assert is_set("topic=ask_fees") == ["ever"]
    assert is_set("from=2026-02-23&until=2026-02-24") == []
