"""How often an account and an address may be tried, and a caller may call. In memory: each process for itself."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta

from wallet.domain.calendar_days import Clock
from wallet.domain.errors import TooManyRequestsError

WINDOW = timedelta(minutes=1)
# Above this many keys the ones that have gone quiet are dropped.
KEYS_KEPT = 10_000


class Throttle:
    """Counts attempts and calls within the last minute."""

    def __init__(self, clock: Clock, per_address: int, per_account: int, per_user: int, per_service: int) -> None:
        self._clock = clock
        self._allowed = {"address": per_address, "account": per_account, "user": per_user, "service": per_service}
        self._attempts: dict[tuple[str, str], deque[datetime]] = {}

    def count(self, address: str, account: str | None = None) -> None:
        """Count one attempt. Raises TooManyRequestsError when it is one too many."""
        self._count([("address", address)] + ([("account", account.lower())] if account else []))

    def count_user(self, user_id: str) -> None:
        """Count one call of a signed-in user. Raises TooManyRequestsError when it is one too many."""
        self._count([("user", user_id)])

    def count_service(self, name: str) -> None:
        """Count one call of a service. Raises TooManyRequestsError when it is one too many."""
        self._count([("service", name)])

    def _count(self, keys: list[tuple[str, str]]) -> None:
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
