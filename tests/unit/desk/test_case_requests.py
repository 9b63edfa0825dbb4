"""What the desk accepts of a request, and how it names what is wrong."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.desk.cases.payloads import CaseChange, Handoff, State, to_json
from bot.desk.cases.requests import (
    read_change,
    read_cursor,
    read_filter,
    read_handoff,
    read_json,
    read_limit,
)
from bot.desk.errors import InvalidRequestError

FINDING = {"cause": "card_expired", "values": {}}
STEP = {"step": "try_again", "outcome": "failed", "at": "2026-03-01T08:29:00Z"}


def test_a_handoff_is_read_as_it_was_sent(packet: dict[str, Any], handoff: Handoff) -> None:
    assert to_json(handoff) == packet


def test_a_guest_without_a_topic_may_be_handed_over(packet: dict[str, Any]) -> None:
    handoff = read_handoff({**packet, "user_id": None, "topic": None})

    assert (handoff.user_id, handoff.topic) == (None, None)


def test_unknown_keys_are_ignored(packet: dict[str, Any], handoff: Handoff) -> None:
    assert read_handoff({**packet, "mood": "angry"}) == handoff


def test_a_time_of_another_zone_is_read_in_utc(packet: dict[str, Any]) -> None:
    handoff = read_handoff({**packet, "requested_at": "2026-03-01T16:30:00+08:00"})

    assert handoff.requested_at == datetime(2026, 3, 1, 8, 30, tzinfo=timezone.utc)
    assert to_json(handoff)["requested_at"] == "2026-03-01T08:30:00Z"


@pytest.mark.parametrize(
    "field",
    [
        "number",
        "conversation_id",
        "channel",
        "language",
        "reason",
        "requested_at",
        "findings",
        "steps",
        "facts",
        "transcript",
        "last_words",
    ],
)
def test_a_missing_field_is_named(packet: dict[str, Any], field: str) -> None:
    del packet[field]

    with pytest.raises(InvalidRequestError) as refused:
        read_handoff(packet)
    assert refused.value.details["field"] == field


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("number", "WH-7K3M-Q9T", "number"),
        ("conversation_id", "", "conversation_id"),
        ("conversation_id", "c" * 129, "conversation_id"),
        ("language", "fr", "language"),
        ("user_id", 7, "user_id"),
        ("user_id", "", "user_id"),
        ("reason", "bored", "reason"),
        ("reason", ["asked"], "reason"),
        ("requested_at", "yesterday", "requested_at"),
        ("requested_at", "2026-03-01T08:30:00", "requested_at"),
        ("requested_at", "9999-12-31T23:59:59Z", "requested_at"),
        ("requested_at", "0001-01-01T00:00:00+14:00", "requested_at"),
        ("findings", {}, "findings"),
        ("findings", [FINDING] * 101, "findings"),
        ("findings", [FINDING, {"cause": "card_expired"}], "findings[1].values"),
        ("findings", [{"cause": "card_expired", "values": {"at": {"day": "x" * 1001}}}], "findings[0].values.at.day"),
        ("steps", ["try_again"], "steps[0]"),
        ("steps", [STEP] * 101, "steps"),
        ("steps", [{**STEP, "at": 1}], "steps[0].at"),
        ("facts", [], "facts"),
        ("facts", {"balance": float("inf")}, "facts.balance"),
        ("facts", {str(entry): entry for entry in range(101)}, "facts"),
        ("facts", {"a": {"b": {"c": {"d": {"e": {}}}}}}, "facts.a.b.c.d.e"),
        ("facts", {"k" * 65: 1}, "facts"),
        ("transcript", None, "transcript"),
        ("transcript", {"conversation_id": "c"}, "transcript.until"),
        ("last_words", "x" * 501, "last_words"),
        ("last_words", "\ud83d", "last_words"),
        ("last_words", "\0", "last_words"),
    ],
)
def test_a_wrong_field_is_named_with_its_place(packet: dict[str, Any], field: str, value: Any, named: str) -> None:
    with pytest.raises(InvalidRequestError) as refused:
        read_handoff({**packet, field: value})

    assert refused.value.details["field"] == named


def test_no_last_words_and_500_characters_of_them_are_both_accepted(packet: dict[str, Any]) -> None:
    for words in ("", "字" * 500):
        assert read_handoff({**packet, "last_words": words}).last_words == words


@pytest.mark.parametrize("body", [None, [], "case", 1])
def test_a_body_that_is_no_object_is_refused(body: object) -> None:
    with pytest.raises(InvalidRequestError):
        read_handoff(body)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 10_000], ids=range(5))
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        read_json(body)


def test_a_change_may_name_any_of_state_owner_and_note() -> None:
    assert read_change({"state": "resolved"}) == CaseChange(state=State.RESOLVED)
    assert read_change({"owner": "li"}) == CaseChange(owner="li")
    assert read_change({"owner": None}) == CaseChange(release=True)
    assert read_change({"note": "called back"}) == CaseChange(note="called back")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"color": "red"},
        {"state": "closed"},
        {"state": None},
        {"owner": ""},
        {"owner": "l" * 101},
        {"owner": 1},
        {"note": ""},
        {"note": "n" * 2001},
        {"note": None},
    ],
)
def test_a_change_that_says_nothing_or_nonsense_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequestError):
        read_change(body)


def test_a_list_is_limited_even_if_nobody_asks_for_it() -> None:
    assert read_limit({}) == 20


@pytest.mark.parametrize("limit", ["0", "101", "-1", "many", "1.5", "١"])
def test_a_limit_out_of_bounds_is_refused(limit: str) -> None:
    with pytest.raises(InvalidRequestError):
        read_limit({"limit": limit})


@pytest.mark.parametrize("cursor", ["x", "-1", "9" * 19])
def test_a_cursor_that_no_page_gave_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequestError):
        read_cursor({"after": cursor})


@pytest.mark.parametrize("query", [{"state": "closed"}, {"user_id": "u" * 129}, {"conversation_id": "\0"}])
def test_a_filter_that_matches_no_case_by_its_form_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(InvalidRequestError):
        read_filter(query)
