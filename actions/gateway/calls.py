"""Who is told how each call to wallet and desk went: whoever runs the actions, if he wants to know."""

from __future__ import annotations

from collections.abc import Callable

ANSWERED, REFUSED, AWAY = "answered", "refused", "away"

# The service, what came of it, and how long it took in seconds.
Observer = Callable[[str, str, float], None]


def _nobody(_service: str, _outcome: str, _seconds: float) -> None:
    """Not to be told anything."""


_observers: list[Observer] = [_nobody]


def observe_calls(observer: Observer) -> None:
    """Tell this one from now on, in the place of whoever was told before."""
    _observers[0] = observer


def tell_call(service: str, outcome: str, seconds: float) -> None:
    """A call is over."""
    _observers[0](service, outcome, seconds)
