"""How work that runs for ever ends at a good moment: in the middle of a wait, never in the middle of a transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")


class Stopped(Exception):
    """The desk ends; what was waited for is given up."""


class Stopping:
    """Whether the desk ends. A database connection that is cancelled while it is being made is lost for good."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()

    def stop(self) -> None:
        """Ask everybody to end."""
        self._asked.set()

    async def wait(self, awaited: Awaitable[Result]) -> Result:
        """What is waited for. Raises Stopped when the desk ends first."""
        task = asyncio.ensure_future(awaited)
        asked = asyncio.ensure_future(self._asked.wait())
        try:
            await asyncio.wait({task, asked}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            asked.cancel()
            if not task.done():
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        if task.cancelled():
            raise Stopped
        return task.result()
