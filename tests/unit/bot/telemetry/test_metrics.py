"""What is counted of turns, and that labels do not grow with what is sent."""

from __future__ import annotations

from typing import Any

from bot.telemetry.metrics import REGISTRY, note_call, note_events, note_request, note_turn


def value(name: str, **labels: str) -> float:
    """A figure as it stands."""
    return REGISTRY.get_sample_value(name, labels) or 0.0


def said(intent: str) -> dict[str, Any]:
    """The event of a message."""
    return {"event": "user", "input_channel": "widget", "parse_data": {"intent": {"name": intent}}}


def asked_for_person(reason: str, change: str = "request") -> dict[str, Any]:
    """The event of a hand-off."""
    return {"event": "slot", "name": "handoff", "value": {"change": change, "reason": reason}}


def test_a_turn_is_counted_by_channel_and_language() -> None:
    before = value("bot_turn_seconds_count", channel="widget", language="zh")
    note_turn("widget", "zh", 0.02)
    assert value("bot_turn_seconds_count", channel="widget", language="zh") == before + 1


def test_only_what_was_not_understood_is_a_fallback() -> None:
    before = value("bot_fallbacks_total", channel="widget")
    note_events([said("nlu_fallback"), said("payment_failure"), {"event": "user"}, {"event": "action"}])
    assert value("bot_fallbacks_total", channel="widget") == before + 1


def test_a_hand_off_counts_when_it_is_asked_for_by_its_trigger() -> None:
    before = value("bot_handoffs_total", trigger="fraud")
    note_events(
        [asked_for_person("fraud"), asked_for_person("fraud", "queue"), {**asked_for_person(""), "value": None}]
    )
    assert value("bot_handoffs_total", trigger="fraud") == before + 1


def test_a_call_is_counted_by_what_came_of_it() -> None:
    before = value("bot_calls_total", service="wallet", outcome="away")
    note_call("wallet", "away", 3.0)
    assert value("bot_calls_total", service="wallet", outcome="away") == before + 1


def test_labels_do_not_grow_with_what_is_sent() -> None:
    note_request("BREW", None, 404, 0.001)
    note_turn("widget", "tlh", 0.02)
    note_events([asked_for_person("13912345678")])
    labels = {text for family in REGISTRY.collect() for sample in family.samples for text in sample.labels.values()}
    assert not labels & {"BREW", "tlh", "13912345678"}
    assert value("hotline_http_requests_total", method="other", route="none", status="404") >= 1
