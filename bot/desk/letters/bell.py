"""Wakes whoever delivers letters when there may be some."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung once or often before it is heard, it is heard once."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def wake(self) -> None:
        """Ring."""
        self._rung.set()

    async def wait(self) -> None:
        """Wait until it has been rung."""
        await self._rung.wait()
        self._rung.clear()
