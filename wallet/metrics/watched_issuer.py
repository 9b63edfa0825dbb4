"""The issuer, with each call to it counted and timed."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from wallet.domain.issuer import IssuerUnreachableError
from wallet.metrics.metrics import Metrics
from wallet.services.ports import Issuer

_Call = Callable[..., Awaitable[Any]]


class WatchedIssuer:
    """An issuer that answers what the one behind it answers; what is no part of the port is not counted."""

    def __init__(self, issuer: Issuer, metrics: Metrics) -> None:
        self._issuer = issuer
        for name in ("enrol", "accepts_expiry", "authorise", "pay_out", "query"):
            setattr(self, name, _watched(getattr(issuer, name), name, metrics))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._issuer, name)


def _watched(call: _Call, name: str, metrics: Metrics) -> _Call:
    @wraps(call)
    async def watched(*values: Any, **named: Any) -> Any:
        began, outcome = time.perf_counter(), "failed"
        try:
            answer = await call(*values, **named)
            outcome = "answered"
            return answer
        except IssuerUnreachableError:
            outcome = "unreachable"
            raise
        finally:
            metrics.note_issuer_call(name, outcome, time.perf_counter() - began)

    return watched
