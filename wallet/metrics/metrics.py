"""The figures of one process, for Prometheus."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from wallet.contract.payloads import SignInAttempt
from wallet.domain.deliveries import DeliveryState
from wallet.domain.messages import Medium
from wallet.domain.movements import Movement

# Whatever else a caller sends as a method is counted together.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """Counters and histograms in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._requests = Counter(
            "hotline_http_requests", "Requests by route.", ("method", "route", "status"), registry=registry
        )
        self._request_seconds = Histogram(
            "hotline_http_request_seconds", "From a request to its answer.", ("method", "route"), registry=registry
        )
        self._movements = Counter(
            "wallet_movements", "Movements that came to a status.", ("kind", "status", "cause"), registry=registry
        )
        self._sign_ins = Counter(
            "wallet_sign_ins", "Sign-ins by what was answered, unknown logins too.", ("outcome",), registry=registry
        )
        self._attempts = Counter(
            "wallet_sign_in_attempts",
            "Sign-ins of known accounts by what came of them.",
            ("outcome",),
            registry=registry,
        )
        self._issuer_calls = Counter(
            "wallet_issuer_calls", "Calls to the issuer.", ("call", "outcome"), registry=registry
        )
        self._issuer_seconds = Histogram(
            "wallet_issuer_call_seconds", "How long the issuer took to answer.", ("call",), registry=registry
        )
        self._messages = Gauge(
            "wallet_messages", "Messages that wait or have failed.", ("medium", "state"), registry=registry
        )

    def note_request(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """A request was answered."""
        known = method if method in _METHODS else "other"
        self._requests.labels(known, route or "none", str(status)).inc()
        self._request_seconds.labels(known, route or "none").observe(seconds)

    def note_sign_in(self, outcome: str) -> None:
        """A sign-in was answered, with a code of the contract or ``succeeded``."""
        self._sign_ins.labels(outcome).inc()

    def note_attempt(self, attempt: SignInAttempt) -> None:
        """Somebody tried to sign in to an account that there is."""
        self._attempts.labels(attempt.failure or "succeeded").inc()

    def note_movement(self, movement: Movement) -> None:
        """A movement came to a status, for the true cause."""
        kind, cause = type(movement).__name__.lower(), movement.cause.value if movement.cause else "none"
        self._movements.labels(kind, movement.status.value, cause).inc()

    def note_issuer_call(self, call: str, outcome: str, seconds: float) -> None:
        """The issuer answered, or could not be reached."""
        self._issuer_calls.labels(call, outcome).inc()
        self._issuer_seconds.labels(call).observe(seconds)

    def show_messages(self, unsent: Mapping[tuple[Medium, DeliveryState], int]) -> None:
        """How the outbox stands at this moment."""
        for medium in Medium:
            for state in (DeliveryState.WAITING, DeliveryState.FAILED):
                self._messages.labels(medium.value, state.value).set(unsent.get((medium, state), 0))

    def written(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self._registry)
