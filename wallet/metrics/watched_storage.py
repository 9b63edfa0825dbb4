"""The storage, with what a transaction kept counted once it is committed: what was undone has not happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, cast

from wallet.contract.payloads import SignInAttempt
from wallet.domain.movements import Movement
from wallet.metrics.metrics import Metrics
from wallet.services.ports import Storage, UnitOfWork

_KEEPING = ("add", "update")


class WatchedStorage:
    """Begins the transactions of the storage behind it."""

    def __init__(self, storage: Storage, metrics: Metrics) -> None:
        self._storage = storage
        self._metrics = metrics

    def reading(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction that changes nothing, so that there is nothing to count."""
        return self._storage.reading()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[UnitOfWork]:
        """A transaction that may change things."""
        kept: list[Any] = []
        async with self._storage.writing() as unit:
            yield cast("UnitOfWork", _Watched(unit, kept))
        for value in kept:
            if isinstance(value, Movement):
                self._metrics.note_movement(value)
            else:
                self._metrics.note_attempt(value)


class _Watched:
    """A unit of work, or one of its repositories, that remembers which movements and attempts it was given to keep."""

    def __init__(self, behind: Any, kept: list[Any]) -> None:
        self._behind = behind
        self._kept = kept

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._behind, name)
        if name in _KEEPING:
            return self._keeping(found)
        return found if callable(found) else _Watched(found, self._kept)

    def _keeping(self, keep: Any) -> Any:
        async def remembered(*values: Any, **named: Any) -> Any:
            answer = await keep(*values, **named)
            self._kept += [value for value in values if isinstance(value, (Movement, SignInAttempt))]
            return answer

        return remembered
