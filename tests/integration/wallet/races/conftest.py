"""Two wallets on one database, and requests that go to both at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from tests.integration.wallet.house import NOON, Start, TickingClock
from tests.integration.wallet.races.course import Course
from wallet.settings import Settings


@pytest.fixture
async def course(
    settings: Settings, start: Start, record_property: Callable[[str, object], None]
) -> AsyncIterator[Course]:
    """The wallets, with connections and locks each of its own, as two processes have them."""
    clock = TickingClock(NOON)
    async with start(settings, clock=clock) as one, start(settings, clock=clock, catalogue=False) as other:
        course = Course(one, other)
        yield course
        await course.check_books()
        record_property("raced", course.raced)
