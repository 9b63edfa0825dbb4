"""Points and spans of time with their values and places."""

from __future__ import annotations

import pytest

from tests.unit.bot.nlu.marked import places, unmarked


@pytest.mark.parametrize(
    "marked",
    [
        "[11月3号=--11-03]付的",
        "[十一月三号=--11-03]",
        "[2026年11月3日=2026-11-03]",
        "[2026-11-03=2026-11-03]",
        "[2026/11/3=2026-11-03]",
        "[2026年=2026]开的户",
        "[11月=--11]扣的",
        "[3号=---03]还款",
        "[上个月=last_month][15号=---15]",
        "on [3 Nov=--11-03]",
        "[Nov 3rd=--11-03]",
        "[November 3, 2026=2026-11-03]",
        "the [3rd of November 2025=2025-11-03]",
        "[November 2025=2025-11]",
        "on [the 3rd=---03]",
        "[25/12/2026=2026-12-25]",
        "[12/25/2026=2026-12-25]",
    ],
)
def test_a_date_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "time") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[上周五=last_friday]充的",
        "[last Friday=last_friday] I paid",
        "[周五=friday]",
        "on [Friday=friday]",
        "[下周二=next_tuesday]",
        "[星期天=sunday]",
        "[礼拜一=monday]",
        "[上周末=last_weekend]",
        "[大前天=-P3D]",
        "[前天=day_before_yesterday]",
        "[the day before yesterday=day_before_yesterday]",
        "[昨天=yesterday]",
        "[yesterday=yesterday]",
        "[今早=today]",
        "[this morning=today]",
        "[昨晚=yesterday]",
        "[last night=yesterday]",
        "[剛才=just_now]付的",
        "[a few minutes ago=just_now]",
        "[last month=last_month]",
        "[去年=last_year]",
        "[最近=recently]",
    ],
)
def test_a_named_day_is_found_alike_in_both_languages(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "time") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[下午3点半=15:30]",
        "[昨天=yesterday][下午3点半=15:30]付的",
        "[昨晚=yesterday][8点=20:00]",
        "[今早=today][9点=09:00]",
        "[晚上12点=00:00]",
        "[中午12点半=12:30]",
        "[下午三点一刻=15:15]",
        "[凌晨1点=01:00]",
        "[晚上八點二十分=20:20]",
        "[14时20分=14:20]",
        "在[三点=03:00]付的",
        "[14:03=14:03]付的",
        "[下午2:05=14:05]",
        "[2026-11-03=2026-11-03] [14:03:22=14:03]",
        "[3:30 pm=15:30]",
        "[3pm=15:00]",
        "at [3.30pm=15:30]",
        "[12 a.m.=00:00]",
        "[half past three=03:30]",
        "[quarter to one=12:45]",
        "[ten past six in the evening=18:10]",
        "[three o'clock=03:00]",
        "[5 o'clock in the afternoon=17:00]",
        "at [8=08:00] [this morning=today]",
        "[last night=yesterday] at [11=23:00]",
        "at [noon=12:00]",
        "[midnight=00:00]",
    ],
)
def test_a_time_of_day_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "time") == expected


@pytest.mark.parametrize(
    "marked",
    [
        "[两个小时前=-PT2H]",
        "[三天前=-P3D]",
        "[半小时前=-PT0.5H]",
        "[一个半小时前=-PT1.5H]",
        "[3个月前=-P3M]",
        "[5分钟前=-PT5M]",
        "等了[15分钟=PT15M]",
        "等了[一天=P1D]了",
        "[两天半=P2.5D]",
        "[半个月=P0.5M]",
        "[3 days ago=-P3D]",
        "[a week ago=-P1W]",
        "[half an hour ago=-PT0.5H]",
        "[an hour and a half ago=-PT1.5H]",
        "[two hours ago=-PT2H]",
        "[a couple of days ago=-P2D]",
        "for [a week=P1W] now",
        "within [24 hours=PT24H]",
        "[30mins=PT30M]",
        "[1.5 hours=PT1.5H]",
    ],
)
def test_a_span_of_time_is_found(marked: str) -> None:
    text, expected = unmarked(marked)

    assert places(text, "time") == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "3/11/2026",
        "12/25",
        "24/7",
        "3号线",
        "卡号3号",
        "on the 3rd attempt",
        "2 may not work",
        "三点建议",
        "有三点意见",
        "3点不满",
        "一点都不好",
        "付款时提示",
        "第3天",
        "第十三天",
        "每天",
        "一天能转几次",
        "等了半天",
        "两三天",
        "$500 a day",
        "13:75",
        "the sun is out",
        "3.5",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert places(text, "time") == []
