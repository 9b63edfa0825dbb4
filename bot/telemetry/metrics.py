"""The figures of this process, for Prometheus. Labels are routes, channels, languages and outcomes, never a user."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
# Whatever else stands in the place of one of these is counted together: labels must not grow with what is sent.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_LANGUAGES = frozenset({"zh", "en"})
_TRIGGERS = frozenset({"asked", "exhausted", "not_understood", "fraud", "for_people", "bot_failure"})
OTHER, NONE = "other", "none"

ProcessCollector(registry=REGISTRY)
_requests = Counter("hotline_http_requests", "Requests by route.", ("method", "route", "status"), registry=REGISTRY)
_request_seconds = Histogram(
    "hotline_http_request_seconds", "From a request to its answer.", ("method", "route"), registry=REGISTRY
)
_turn_seconds = Histogram(
    "bot_turn_seconds", "From a message to its answer, kept.", ("channel", "language"), registry=REGISTRY
)
_fallbacks = Counter("bot_fallbacks", "Messages that were not understood.", ("channel",), registry=REGISTRY)
_handoffs = Counter("bot_handoffs", "Conversations that asked for a person, by why.", ("trigger",), registry=REGISTRY)
_calls = Counter("bot_calls", "Calls to wallet and desk.", ("service", "outcome"), registry=REGISTRY)
_call_seconds = Histogram("bot_call_seconds", "How long wallet and desk took.", ("service",), registry=REGISTRY)


def note_request(method: str, route: str | None, status: int, seconds: float) -> None:
    """A request was answered."""
    known = method if method in _METHODS else OTHER
    _requests.labels(known, route or NONE, str(status)).inc()
    _request_seconds.labels(known, route or NONE).observe(seconds)


def note_turn(channel: str, language: str | None, seconds: float) -> None:
    """A message was answered, and both are kept."""
    _turn_seconds.labels(channel, language if language in _LANGUAGES else NONE).observe(seconds)


def note_events(events: Iterable[dict[str, Any]]) -> None:
    """A turn added these to its conversation."""
    for event in events:
        if event["event"] == "user":
            intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if intent == "nlu_fallback":
                _fallbacks.labels(str(event.get("input_channel") or NONE)).inc()
        elif event["event"] == "slot" and event.get("name") == "handoff":
            value = event.get("value") or {}
            if value.get("change") == "request":
                reason = value.get("reason")
                _handoffs.labels(reason if reason in _TRIGGERS else OTHER).inc()


def note_call(service: str, outcome: str, seconds: float) -> None:
    """Wallet or desk answered, refused, or was away."""
    _calls.labels(service, outcome).inc()
    _call_seconds.labels(service).observe(seconds)
