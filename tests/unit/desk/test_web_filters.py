"""How pages write times, hide what is not for everybody, and choose a language."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from bot.desk.agents.payloads import Language
from bot.desk.web import filters
from bot.desk.web.texts import read_texts

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 1, 16, 30, tzinfo=timezone.utc)


def test_a_time_is_that_of_the_desks_zone() -> None:
    assert filters.clock(NOW, SHANGHAI) == "00:30"


@pytest.mark.parametrize(
    ("language", "this_year", "another"),
    [(Language.ZH, "3月2日 00:30", "2025年12月31日 23:00"), (Language.EN, "2 Mar 00:30", "31 Dec 2025 23:00")],
)
def test_a_moment_has_its_day_and_its_year_if_it_is_another(language: Language, this_year: str, another: str) -> None:
    texts = read_texts()[language]
    last_year = datetime(2025, 12, 31, 15, tzinfo=timezone.utc)

    assert filters.moment(NOW, SHANGHAI, texts, NOW) == this_year
    assert filters.moment(last_year, SHANGHAI, texts, NOW) == another


@pytest.mark.parametrize(
    ("passed", "zh", "en"),
    [
        (timedelta(seconds=-5), "刚刚", "just now"),
        (timedelta(seconds=59), "刚刚", "just now"),
        (timedelta(minutes=1), "1 分钟前", "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 分钟前", "59 min ago"),
        (timedelta(hours=23, minutes=59), "23 小时前", "23 h ago"),
        (timedelta(days=1), "1 天前", "1 day ago"),
        (timedelta(days=40), "40 天前", "40 days ago"),
    ],
)
def test_how_long_ago_it_was(passed: timedelta, zh: str, en: str) -> None:
    texts = read_texts()

    assert filters.ago(NOW - passed, texts[Language.ZH], NOW) == zh
    assert filters.ago(NOW - passed, texts[Language.EN], NOW) == en


@pytest.mark.parametrize(
    ("text", "masked"),
    [(None, ""), ("", ""), ("chen", "••••"), ("13800", "••••"), ("chenwei", "••••ei"), ("pay_01HXYZABCD", "••••ABCD")],
)
def test_of_what_is_masked_at_most_the_end_is_seen(text: str | None, masked: str) -> None:
    assert filters.mask(text) == masked


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en-US,en;q=0.9", Language.EN),
        ("fr-FR, en;q=0.5", Language.EN),
        ("fr", Language.ZH),
        ("", Language.ZH),
    ],
)
def test_the_language_of_a_browser(accepted: str, language: Language) -> None:
    assert filters.language_of(accepted) is language
