"""What takes long is made once for all who ask, kept for a while, and made anew after a failure."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, timezone

import pytest

from bot.desk.review.lately import Lately

LASTS = timedelta(minutes=5)


class Maker:
    """Makes the numbers 1, 2, 3, each when it is let."""

    def __init__(self) -> None:
        self.made = 0
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def __call__(self, now: datetime) -> int:
        self.made += 1
        number = self.made
        await self.may_go_on.wait()
        if number == 1 and now.year == 1999:
            raise ValueError("the first one fails")
        return number


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self, year: int = 2026) -> None:
        self.now = datetime(year, 1, 1, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


async def test_it_is_kept_for_a_while_and_then_made_anew() -> None:
    clock, maker = Clock(), Maker()
    lately: Lately[int] = Lately(clock, LASTS)
    begun = clock.now
    assert await lately.get("a", maker) == (1, begun)
    clock.now += LASTS - timedelta(seconds=1)
    assert await lately.get("a", maker) == (1, begun)
    clock.now += timedelta(seconds=1)
    assert await lately.get("a", maker) == (2, clock.now)


async def test_each_key_has_its_own() -> None:
    lately: Lately[int] = Lately(Clock(), LASTS)
    maker = Maker()
    assert [(await lately.get(key, maker))[0] for key in ("a", "b", "a")] == [1, 2, 1]


async def test_who_asks_while_it_is_made_waits_for_the_same() -> None:
    lately: Lately[int] = Lately(Clock(), LASTS)
    maker = Maker()
    maker.may_go_on.clear()
    asking = [asyncio.create_task(lately.get("a", maker)) for _ in range(5)]
    await asyncio.wait(asking, return_when=asyncio.FIRST_COMPLETED, timeout=0)
    maker.may_go_on.set()
    assert {number for number, _ in await asyncio.gather(*asking)} == {1}


async def test_what_failed_is_tried_again() -> None:
    clock, maker = Clock(1999), Maker()
    lately: Lately[int] = Lately(clock, LASTS)
    with pytest.raises(ValueError, match="the first one fails"):
        await lately.get("a", maker)
    assert (await lately.get("a", maker))[0] == 2


async def test_who_leaves_does_not_end_it_for_others() -> None:
    lately: Lately[int] = Lately(Clock(), LASTS)
    maker = Maker()
    maker.may_go_on.clear()
    leaving, staying = (asyncio.create_task(lately.get("a", maker)) for _ in range(2))
    await asyncio.wait([leaving], timeout=0)
    leaving.cancel()
    maker.may_go_on.set()
    assert (await staying)[0] == 1
