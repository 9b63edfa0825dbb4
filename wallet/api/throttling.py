"""How often an account may be tried, and an address may try. Kept in memory: each process counts for itself."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from wallet.domain.calendar_days import Clock
from wallet.domain.errors import TooManyRequestsError

WINDOW = timedelta(minutes=1)
# Above this many keys the ones that have gone quiet are dropped.
KEYS_KEPT = 10_000


class Throttle:
    """Counts attempts within the last minute."""

    def __init__(self, clock: Clock, per_address: int, per_account: int) -> None:
        self._clock = clock
        self._allowed = {"address": per_address, "account": per_account}
        self._attempts: dict[tuple[str, str], deque[datetime]] = {}

    def count(self, address: str, account: str | None = None) -> None:
        """Count one attempt. Raises TooManyRequestsError when it is one too many."""
        keys = [("address", address)] + ([("account", account.lower())] if account else [])
        now = self._clock()
        for key in keys:
            self._check(key, now)
        for key in keys:
            self._attempts.setdefault(key, deque()).append(now)
        if len(self._attempts) > KEYS_KEPT:
            self._forget_quiet_ones(now)

    def _check(self, key: tuple[str, str], now: datetime) -> None:
        attempts = self._attempts.get(key, deque())
        while attempts and attempts[0] <= now - WINDOW:
            attempts.popleft()
        if len(attempts) >= self._allowed[key[0]]:
            wait = attempts[0] + WINDOW - now if attempts else WINDOW
            raise TooManyRequestsError(retry_after_seconds=max(1, round(wait.total_seconds())))

    def _forget_quiet_ones(self, now: datetime) -> None:
        quiet = [key for key, attempts in self._attempts.items() if not attempts or attempts[-1] <= now - WINDOW]
        for key in quiet:
            del self._attempts[key]
