"""Keeps for a while what takes long to make; who asks meanwhile waits for the same, and none is made twice at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from bot.desk.clock import Clock

Made = TypeVar("Made")


@dataclass(frozen=True)
class Kept(Generic[Made]):
    """Something that was begun to be made at a time."""

    at: datetime
    making: asyncio.Task[Made]


class Lately(Generic[Made]):
    """What was made lately, by what it was made for. What is older than ``lasts`` is made anew when it is asked for."""

    def __init__(self, clock: Clock, lasts: timedelta) -> None:
        self._clock = clock
        self._lasts = lasts
        self._kept: dict[Hashable, Kept[Made]] = {}

    async def get(self, key: Hashable, make: Callable[[datetime], Awaitable[Made]]) -> tuple[Made, datetime]:
        """What was made for this key, and when; ``make`` is told what time it is. What fails is not kept."""
        now = self._clock()
        self._kept = {each: kept for each, kept in self._kept.items() if now - kept.at < self._lasts}
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = Kept(now, asyncio.ensure_future(_made(make, now)))
        try:
            return await asyncio.shield(kept.making), kept.at
        except Exception:
            if self._kept.get(key) is kept:
                del self._kept[key]
            raise


async def _made(make: Callable[[datetime], Awaitable[Made]], now: datetime) -> Made:
    return await make(now)
