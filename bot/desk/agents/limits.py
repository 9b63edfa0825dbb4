"""How often a sign-in may fail. Kept in memory: each process counts for itself, and a restart forgets."""

from __future__ import annotations

import logging
from collections import deque
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network, ip_address

from bot.desk.agents.rules import folded_name
from bot.desk.clock import Clock
from bot.desk.errors import TooManyRequestsError

logger = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
QUARTER = timedelta(minutes=15)
# An office behind one address has many people who mistype; a name has one.
PER_NAME = {MINUTE: 5, QUARTER: 15}
PER_ADDRESS = {MINUTE: 20, QUARTER: 60}
# A household or a machine has all the addresses of such a network for itself.
IPV6_NETWORK = 64
# Above this many keys the ones that have gone quiet are dropped.
KEYS_KEPT = 10_000

Key = tuple[str, str]


class Limits:
    """Counts failures of each name and each address within the last minute and the last quarter of an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures: dict[Key, deque[float]] = {}
        self._forgets_from = 0.0
        # Those of which the log has been told.
        self._told: set[Key] = set()

    def count(self, name: str, address: str) -> None:
        """Count an attempt as failed, before it is known: many at once must not slip through.

        Raises:
            TooManyRequestsError: when it is one too many; that one is not counted.
        """
        keys = {_name_key(name): PER_NAME, _address_key(address): PER_ADDRESS}
        now = self._clock().timestamp()
        waits = {key: self._wait(key, allowed, now) for key, allowed in keys.items()}
        wait = max(waits.values())
        if wait > 0:
            self._tell([key for key in keys if waits[key] > 0], address)
            raise TooManyRequestsError("too many attempts to sign in", retry_after=int(wait) + 1)
        for key in keys:
            self._failures.setdefault(key, deque()).append(now)
        # Once a minute at the most: a flood of names must not make each of them dear.
        if len(self._failures) > KEYS_KEPT and now >= self._forgets_from:
            self._forget_quiet_ones(now)
            self._forgets_from = now + MINUTE.total_seconds()

    def forgive(self, name: str, address: str) -> None:
        """Take the last count back, for the attempt succeeded; and whatever the name had failed before."""
        self._failures.pop(_name_key(name), None)
        self._told.discard(_name_key(name))
        counted = self._failures.get(_address_key(address))
        if counted:
            counted.pop()

    def _tell(self, keys: list[Key], address: str) -> None:
        for key in keys:
            if key not in self._told:
                self._told.add(key)
                # Not under which name: what is typed there may be a password.
                logger.warning("too many failed sign-ins of one %s, the last from %s", key[0], address)

    def _wait(self, key: Key, allowed: dict[timedelta, int], now: float) -> float:
        failures = self._failures.get(key, deque())
        while failures and failures[0] <= now - QUARTER.total_seconds():
            failures.popleft()
        if not failures:
            self._told.discard(key)
        return max(
            # The window has room again when the oldest of its last so many leaves it.
            failures[-most] + window.total_seconds() - now if len(failures) >= most else 0.0
            for window, most in allowed.items()
        )

    def _forget_quiet_ones(self, now: float) -> None:
        long_ago = now - QUARTER.total_seconds()
        self._failures = {key: times for key, times in self._failures.items() if times and times[-1] > long_ago}
        self._told &= self._failures.keys()


def _name_key(name: str) -> Key:
    # As long as a name may be: what is typed is not kept whole.
    return "name", folded_name(name)[:64]


def _address_key(address: str) -> Key:
    try:
        known = ip_address(address)
    except ValueError:
        return "address", address
    if not isinstance(known, IPv6Address):
        return "address", str(known)
    if known.ipv4_mapped:
        return "address", str(known.ipv4_mapped)
    return "address", str(IPv6Network((int(known), IPV6_NETWORK), strict=False))
