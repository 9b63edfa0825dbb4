"""Answers whose time does not tell what was done for them."""

from __future__ import annotations

import asyncio

STEP_SECONDS = 0.2


class EvenSteps:
    """A request's time, drawn out to full steps from when it came.

    A login that is someone's costs a few milliseconds of writing more than one that is nobody's. A single least time
    would cover them only while the machine is idle; of a step they are seen at none, whatever the rest takes.
    """

    def __init__(self) -> None:
        self._came = asyncio.get_running_loop().time()

    async def end(self) -> None:
        """Wait for the end of the step."""
        spent = asyncio.get_running_loop().time() - self._came
        await asyncio.sleep(STEP_SECONDS - spent % STEP_SECONDS)
