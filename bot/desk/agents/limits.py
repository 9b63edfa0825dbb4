"""How often a sign-in may fail. Kept in memory: each process counts for itself, and a restart forgets."""

from __future__ import annotations

from collections import deque
from datetime import timedelta

from bot.desk.agents.rules import folded_name
from bot.desk.clock import Clock
from bot.desk.errors import TooManyRequestsError

MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
# An office behind one address has many people who mistype; a name has one.
PER_NAME = {MINUTE: 5, QUARTER: 15}
PER_ADDRESS = {MINUTE: 20, QUARTER: 60}
# Above this many keys the ones that have gone quiet are dropped.
KEYS_KEPT = 10_000

Key = tuple[str, str]


class Limits:
    """Counts failures of each name and each address within the last minute and the last quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: dict[Key, deque[float]] = {}

    def count(self, name: str, address: str) -> None:
        """Count an attempt as failed, before it is known: many at once must not slip through.

        Raises:
            TooManyRequestsError: when it is one too many; that one is not counted.
        """
        # As long as a name may be: what is typed is not kept whole.
        keys = {("name", folded_name(name)[:64]): PER_NAME, ("address", address): PER_ADDRESS}
        now = self._clock().timestamp()
        wait = max(self._wait(key, allowed, now) for key, allowed in keys.items())
        if wait > 0:
            raise TooManyRequestsError("too many attempts to sign in", retry_after=int(wait) + 1)
        for key in keys:
            self._failures.setdefault(key, deque()).append(now)
        if len(self._failures) > KEYS_KEPT:
            self._forget_quiet_ones(now)

    def forgive(self, name: str, address: str) -> None:
        """Take the last count back, for the attempt succeeded; and whatever the name had failed before."""
        self._failures.pop(("name", folded_name(name)[:64]), None)
        counted = self._failures.get(("address", address))
        if counted:
            counted.pop()

    def _wait(self, key: Key, allowed: dict[timedelta, int], now: float) -> float:
        failures = self._failures.get(key, deque())
        while failures and failures[0] <= now - QUARTER.total_seconds():
            failures.popleft()
        return max(
            # The window has room again when the oldest of its last so many leaves it.
            failures[-most] + window.total_seconds() - now if len(failures) >= most else 0.0
            for window, most in allowed.items()
        )

    def _forget_quiet_ones(self, now: float) -> None:
        long_ago = now - QUARTER.total_seconds()
        self._failures = {key: times for key, times in self._failures.items() if times and times[-1] > long_ago}
