"""Money, times and lists as a reader of each language expects them."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from actions.dialogue.wording import write
from actions.dialogue.words import UnknownWord, word
from tests.fakes.accounts import BANK, yuan
from wallet.contract.money import Money

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
NOON = datetime(2026, 3, 12, 4, 0, tzinfo=timezone.utc)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=timezone.utc)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("money", "zh", "en"),
    [
        (yuan("6000"), "¥6,000.00", "CN¥6,000.00"),
        (yuan("0.05"), "¥0.05", "CN¥0.05"),
        (yuan("1234567.8"), "¥1,234,567.80", "CN¥1,234,567.80"),
        (Money(1500, "JPY"), "JP¥1,500", "JP¥1,500"),
        (Money(1050, "USD"), "US$10.50", "US$10.50"),
    ],
)
def test_money_is_written_with_its_sign_its_groups_and_its_minor_digits(money: Money, zh: str, en: str) -> None:
    assert (write(money, "zh", NOON, SHANGHAI), write(money, "en", NOON, SHANGHAI)) == (zh, en)


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        (utc(2026, 3, 12, 6, 3), "今天 14:03", "today at 14:03"),
        (utc(2026, 3, 11, 16, 0), "今天 00:00", "today at 00:00"),
        (utc(2026, 3, 11, 15, 59), "昨天 23:59", "yesterday at 23:59"),
        (utc(2026, 3, 12, 16, 0), "明天 00:00", "tomorrow at 00:00"),
        (utc(2026, 3, 13, 16, 0), "3月14日 00:00", "on 14 Mar at 00:00"),
        (utc(2026, 3, 10, 15, 59), "3月10日 23:59", "on 10 Mar at 23:59"),
    ],
)
def test_a_time_is_told_by_its_day_in_the_users_zone(moment: datetime, zh: str, en: str) -> None:
    assert (write(moment, "zh", NOON, SHANGHAI), write(moment, "en", NOON, SHANGHAI)) == (zh, en)


@pytest.mark.parametrize(
    ("now", "moment", "zh"),
    [
        (utc(2026, 1, 1, 1), utc(2025, 12, 31, 2), "昨天 10:00"),
        (utc(2025, 12, 31, 2), utc(2026, 1, 1, 1), "明天 09:00"),
        (utc(2025, 12, 31, 17), utc(2025, 12, 31, 15), "昨天 23:00"),
        (utc(2025, 12, 31, 17), utc(2025, 12, 31, 16), "今天 00:00"),
        (utc(2026, 1, 1, 1), utc(2025, 12, 30, 2), "12月30日 10:00"),
    ],
)
def test_days_are_near_across_the_end_of_a_year(now: datetime, moment: datetime, zh: str) -> None:
    assert write(moment, "zh", now, SHANGHAI) == zh


def test_the_same_moment_is_another_day_elsewhere() -> None:
    moment = utc(2026, 3, 12, 3, 30)

    assert write(moment, "en", NOON, SHANGHAI) == "today at 11:30"
    assert write(moment, "en", NOON, NEW_YORK) == "yesterday at 23:30"


def test_the_day_after_the_clocks_change_is_still_tomorrow() -> None:
    evening_before = utc(2026, 3, 8, 4, 30)  # 23:30 on the 7th in New York, where the 8th has 23 hours

    assert write(utc(2026, 3, 8, 20, 0), "en", evening_before, NEW_YORK) == "tomorrow at 16:00"
    assert write(utc(2026, 3, 9, 4, 30), "en", evening_before, NEW_YORK) == "on 9 Mar at 00:30"


@pytest.mark.parametrize(("language", "written"), [("zh", "2026年1月31日"), ("en", "31 Jan 2026")])
def test_a_date_without_a_time_is_told_with_its_year(language: str, written: str) -> None:
    assert write(date(2026, 1, 31), language, NOON, SHANGHAI) == written


@pytest.mark.parametrize(
    ("language", "written"), [("zh", "江海银行、今天 12:00、5"), ("en", "Jianghai Bank, today at 12:00, 5")]
)
def test_a_list_is_written_item_by_item(language: str, written: str) -> None:
    assert write([BANK, NOON, "5"], language, NOON, SHANGHAI) == written


def test_a_word_nobody_wrote_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownWord, match="no_such_word in en"):
        word("no_such_word", "en")
