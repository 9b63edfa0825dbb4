"""Readings that are kept for a while: who asks for the same within it, or while it is read, gets the same."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")

# A reading is kept so many times as long as it took: whoever asks without end keeps the database busy for a sixtieth.
_TIMES = 60
_LONGEST_S = 300.0
# What comes at once need not be kept, and is always new.
_QUICK_S = 0.2
_MOST = 50


class Kept(Generic[Result]):
    """Results by what was asked for."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._reading: dict[Hashable, asyncio.Future[Result]] = {}
        self._kept: dict[Hashable, tuple[float, Result]] = {}

    def __len__(self) -> int:
        return len(self._kept)

    async def get(self, key: Hashable, read: Callable[[], Awaitable[Result]]) -> Result:
        """What is kept under a key, or what a new reading brings."""
        until, result = self._kept.get(key, (0.0, None))
        if result is not None and self._monotonic() < until:
            return result
        reading = self._reading.get(key)
        if reading is None:
            reading = asyncio.ensure_future(self._read(key, read))
            self._reading[key] = reading
            reading.add_done_callback(lambda _ended: self._reading.pop(key))
        return await asyncio.shield(reading)

    async def _read(self, key: Hashable, read: Callable[[], Awaitable[Result]]) -> Result:
        begun = self._monotonic()
        result = await read()
        ended = self._monotonic()
        self._kept = {each: kept for each, kept in self._kept.items() if each != key and kept[0] > ended}
        if ended - begun >= _QUICK_S and len(self._kept) < _MOST:
            self._kept[key] = (ended + min(_LONGEST_S, (ended - begun) * _TIMES), result)
        return result
