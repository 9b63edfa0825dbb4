"""Two wallets on one database, and requests that go to both at once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

import pytest

from tests.integration.wallet.house import NOON, Start, TurnableClock
from tests.integration.wallet.races.course import Course
from wallet.settings import Settings


class TickingClock(TurnableClock):
    """A clock that never says the same twice, so that of two moments one is the first."""

    def __call__(self) -> datetime:
        self.advance(microseconds=1)
        return self.now


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
