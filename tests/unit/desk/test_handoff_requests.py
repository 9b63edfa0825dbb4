"""What the desk accepts of a hand-off, and how it names what is wrong."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest

from bot.desk.answers import to_json
from bot.desk.errors import InvalidRequestError
from bot.desk.fields import read_json
from bot.desk.handoffs.packet import Packet
from bot.desk.handoffs.requests import read_packet

FINDING = {"cause": "card_expired", "values": {}}
STEP = {"step": "try_again", "outcome": "failed", "at": "2026-03-01T08:29:00Z"}


def test_a_handoff_is_read_as_it_was_sent(packet: dict[str, Any], handed_over: Packet) -> None:
    assert to_json(handed_over) == packet


def test_a_guest_without_a_topic_may_be_handed_over(packet: dict[str, Any]) -> None:
    handed_over = read_packet({**packet, "user_id": None, "topic": None})

    assert (handed_over.user_id, handed_over.topic) == (None, None)


def test_unknown_keys_are_ignored(packet: dict[str, Any], handed_over: Packet) -> None:
    assert read_packet({**packet, "mood": "angry"}) == handed_over


def test_a_time_of_another_zone_is_read_in_utc(packet: dict[str, Any]) -> None:
    handed_over = read_packet({**packet, "requested_at": "2026-03-01T16:30:00+08:00"})

    assert handed_over.requested_at == datetime(2026, 3, 1, 8, 30, tzinfo=timezone.utc)
    assert to_json(handed_over)["requested_at"] == "2026-03-01T08:30:00Z"


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
        read_packet(packet)
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
        read_packet({**packet, field: value})

    assert refused.value.details["field"] == named


def test_no_last_words_and_500_characters_of_them_are_both_accepted(packet: dict[str, Any]) -> None:
    for words in ("", "字" * 500):
        assert read_packet({**packet, "last_words": words}).last_words == words


@pytest.mark.parametrize("body", [None, [], "case", 1])
def test_a_body_that_is_no_object_is_refused(body: object) -> None:
    with pytest.raises(InvalidRequestError):
        read_packet(body)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000, b"9" * 10_000], ids=range(5))
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidRequestError):
        read_json(body)
