"""How much one session and one address may ask of a channel."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.channels.errors import ChannelError

_WINDOW = 60.0  # seconds
_KEYS_KEPT = 10_000  # then those are forgotten that have been quiet


class Rate:
    """At most so many a minute of each key."""

    def __init__(self, allowed: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowed = allowed
        self._clock = clock
        self._times: dict[str, deque[float]] = {}

    def count(self, key: str) -> None:
        """Count one. Raises ChannelError, with the seconds to wait, when it is one too many."""
        now = self._clock()
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - _WINDOW:
            times.popleft()
        if len(times) >= self._allowed:
            wait = int(times[0] + _WINDOW - now) + 1 if times else int(_WINDOW)
            raise ChannelError(429, "too_many_requests", f"too many requests; wait {wait} seconds", retry_after=wait)
        times.append(now)
        if len(self._times) > _KEYS_KEPT:
            self._times = {key: times for key, times in self._times.items() if times and times[-1] > now - _WINDOW}


class OpenAtOnce:
    """At most so many of each key open at a time."""

    def __init__(self, allowed: int) -> None:
        self._allowed = allowed
        self._open: Counter[str] = Counter()

    @contextmanager
    def one(self, key: str) -> Iterator[None]:
        """Hold one open. Raises ChannelError when it is one too many."""
        if self._open[key] >= self._allowed:
            raise ChannelError(429, "too_many_requests", "too many streams are open", retry_after=int(_WINDOW))
        self._open[key] += 1
        try:
            yield
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]
