"""What an address asks of the figures."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.desk.errors import InvalidRequestError
from bot.desk.figures.period import Period
from bot.desk.figures.scope import PERIODS, Scope, read_scope
from bot.desk.selection import read_selection

TODAY = date(2026, 3, 15)
ZONE = ZoneInfo("Asia/Shanghai")


def asked(scope: Scope, **changes: str) -> Scope:
    return read_scope(dict(parse_qsl(scope.query(**changes))), TODAY)


def test_nothing_asked_for_are_the_last_thirty_days() -> None:
    assert read_scope({}, TODAY) == Scope("30", Period(date(2026, 2, 14), TODAY))


@pytest.mark.parametrize("name", PERIODS)
def test_every_period_is_asked_for_by_its_own_address(name: str) -> None:
    scope = read_scope({"period": name, "channel": "widget", "language": "zh", "topic": "ask_fees"}, TODAY)

    assert asked(scope) == scope
    assert scope.name == name


def test_days_go_before_the_name_of_a_period() -> None:
    scope = read_scope({"period": "7", "from": "2026-01-01", "until": "2026-01-31"}, TODAY)

    assert (scope.name, scope.period) == ("own", Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert asked(scope) == scope


def test_a_first_day_alone_lasts_until_today_and_a_last_day_alone_is_the_end_of_thirty() -> None:
    assert read_scope({"from": "2026-03-01"}, TODAY).period == Period(date(2026, 3, 1), TODAY)
    assert read_scope({"until": "2026-03-01"}, TODAY).period == Period(date(2026, 1, 31), date(2026, 3, 1))
    assert read_scope({"from": "2026-04-01"}, TODAY).period == Period(date(2026, 4, 1), date(2026, 4, 1))


def test_a_change_keeps_the_rest_and_an_empty_one_takes_away() -> None:
    scope = read_scope({"period": "7", "channel": "widget", "topic": "ask_fees"}, TODAY)

    assert asked(scope, period="90", topic="") == read_scope({"period": "90", "channel": "widget"}, TODAY)


@pytest.mark.parametrize(
    ("field", "arguments"),
    [
        ("period", {"period": "yesterday"}),
        ("from", {"from": "31.1.2026"}),
        ("from", {"from": "0001-01-01"}),
        ("until", {"from": "2026-02-01", "until": "2026-01-01"}),
        ("topic", {"topic": "x" * 65}),
        ("channel", {"channel": "a\0b"}),
    ],
)
def test_nonsense_is_refused_by_its_field(field: str, arguments: dict[str, str]) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        read_scope(arguments, TODAY)

    assert refused.value.details["field"] == field


def test_a_figure_leads_to_the_list_by_an_address_that_the_list_understands() -> None:
    scope = read_scope({"from": "2026-01-01", "until": "2026-01-31", "channel": "widget"}, TODAY)
    address = urlsplit(scope.conversations("solved", ZONE, topic="topup_failure"))
    wanted = read_selection(dict(parse_qsl(address.query)), ZONE)
    span = scope.period.span(ZONE)

    assert address.path == "/conversations"
    assert (wanted.figure, wanted.channel, wanted.topic) == ("solved", "widget", "topup_failure")
    assert (wanted.figure_from, wanted.figure_until) == (span.begins, span.ends)
