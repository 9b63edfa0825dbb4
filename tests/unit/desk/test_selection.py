"""What is asked of the list of conversations, as it stands in an address."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.desk.errors import InvalidRequestError
from bot.desk.selection import PARAMETERS, query_of, read_selection
from bot.store.conversation_filter import ConversationFilter
from bot.store.figures import CONDITIONS

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Where clocks are changed at midnight, a day begins at one o'clock.
ZONES = (SHANGHAI, ZoneInfo("UTC"), ZoneInfo("America/Asuncion"), ZoneInfo("Asia/Beirut"))

DAYS = some.dates(date(2000, 1, 1), date(2199, 12, 31)).map(str)
NAMES = some.text(some.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=64)
ANSWERS = some.sampled_from(["yes", "no"])
STARS = some.sampled_from("12345")
COUNTS = some.integers(0, 999_999).map(str)
ANYTHING_ASKED = some.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("from", "until"), DAYS),
        **dict.fromkeys(("q", "channel", "language", "topic", "cause", "outcome", "handoff", "intent", "tag"), NAMES),
        **dict.fromkeys(("rating_min", "rating_max"), STARS),
        **dict.fromkeys(("messages_min", "messages_max", "fallbacks_min"), COUNTS),
        "confidence_below": some.integers(0, 1000).map(lambda thousandths: f"{thousandths / 1000}"),
        **dict.fromkeys(("reviewed", "flagged", "corrected", "verified", "person", "asked"), ANSWERS),
        "figure": some.sampled_from(sorted(CONDITIONS)),
    },
)


def read(**arguments: str) -> ConversationFilter:
    return read_selection({name.removesuffix("_"): text for name, text in arguments.items()}, SHANGHAI)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp()


@given(ANYTHING_ASKED, some.sampled_from(ZONES))
def test_what_is_read_is_written_so_that_the_same_is_read(arguments: dict[str, str], zone: ZoneInfo) -> None:
    wanted = read_selection(arguments, zone)
    written = dict(parse_qsl(query_of(wanted, zone), strict_parsing=bool(arguments)))

    assert read_selection(written, zone) == wanted
    assert written.keys() == arguments.keys()
    assert {name: written[name] for name in written if name != "confidence_below"} == {
        name: text for name, text in arguments.items() if name != "confidence_below"
    }


def test_the_parameters_that_are_tried_are_all_there_are() -> None:
    every = {"from", "until", "q", "channel", "language", "topic", "cause", "outcome", "handoff", "intent", "tag"}
    every |= {"rating_min", "rating_max", "messages_min", "messages_max", "fallbacks_min", "confidence_below"}
    every |= {"reviewed", "flagged", "corrected", "verified", "person", "asked", "figure"}

    assert set(PARAMETERS) == every


def test_each_parameter_asks_for_what_it_says() -> None:
    assert read(q="付款 失败", channel="widget", topic="ask_fees", handoff="case", verified="no", person="yes") == (
        ConversationFilter(
            words="付款 失败",
            channel="widget",
            topic="ask_fees",
            handoff_state="case",
            verified=False,
            has_person=True,
        )
    )
    assert read(rating_min="2", rating_max="4", messages_min="3", messages_max="9", fallbacks_min="1") == (
        ConversationFilter(
            rating_at_least=2, rating_at_most=4, min_user_messages=3, max_user_messages=9, min_fallbacks=1
        )
    )
    assert read(confidence_below="0.4", asked="no", reviewed="yes", flagged="no", corrected="yes") == (
        ConversationFilter(confidence_below=0.4, asked_person=False, reviewed=True, flagged=False, corrected=True)
    )


def test_days_are_those_of_the_zone_and_the_last_one_is_meant_too() -> None:
    bounds = {"active_from": at("2026-03-01"), "active_until": at("2026-03-03")}

    assert read(from_="2026-03-01", until="2026-03-02") == ConversationFilter(**bounds)


def test_with_a_figure_days_bound_the_beginning_of_what_is_counted() -> None:
    bounds = {"figure_from": at("2026-03-01"), "figure_until": at("2026-03-02")}

    assert read(from_="2026-03-01", until="2026-03-01", figure="contained") == (
        ConversationFilter(figure="contained", **bounds)
    )


def test_an_empty_field_of_a_form_and_what_is_no_parameter_ask_for_nothing() -> None:
    assert read(q="  ", channel="", from_="", after="xyz", user_id="chen") == ConversationFilter()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(
            (name, text)
            for name in ("from", "until")
            for text in ("yesterday", "2026-02-30", "1999-12-31", "2200-01-01")
        ),
        *(("rating_min", text) for text in ("0", "6", "-1", "four", "1.5", "٣")),
        *(("messages_min", text) for text in ("-1", "1e3", "1234567", "²", "１")),
        *(("confidence_below", text) for text in ("1.1", "-0.1", "nan", "1e-3", "0.1234567", "inf")),
        *((name, "maybe") for name in ("reviewed", "flagged", "corrected", "verified", "person", "asked")),
        ("figure", "happiness"),
        ("q", "x" * 201),
        ("q", "half \ud83d of a pair"),
        ("tag", "nothing\0else"),
        ("topic", "x" * 65),
    ],
)
def test_nonsense_is_refused_and_its_place_named(name: str, text: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        read_selection({name: text}, SHANGHAI)

    assert refused.value.details["field"] == name
    assert refused.value.details["text_name"] == "selection"


@pytest.mark.parametrize(
    "wanted",
    [
        ConversationFilter(user_id="chen"),
        ConversationFilter(active_from=at("2026-03-01T00:01")),
        ConversationFilter(active_until=at("2026-03-01") + 0.5),
        ConversationFilter(figure="all", figure_from=datetime(2026, 3, 1, tzinfo=timezone.utc).timestamp()),
    ],
)
def test_what_no_address_can_say_is_not_written_as_something_else(wanted: ConversationFilter) -> None:
    with pytest.raises(ValueError, match="is not"):
        query_of(wanted, SHANGHAI)


def test_a_period_of_whole_days_is_written_with_its_last_day() -> None:
    today: Any = date(2026, 3, 7)
    begins, ends = at(str(today - timedelta(days=6))), at(str(today + timedelta(days=1)))

    assert query_of(ConversationFilter(figure="solved", figure_from=begins, figure_until=ends), SHANGHAI) == (
        "from=2026-03-01&until=2026-03-07&figure=solved"
    )
