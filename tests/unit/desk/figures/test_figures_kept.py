"""Readings that are kept as long as they are worth it."""

from __future__ import annotations

import asyncio

import pytest

from bot.desk.figures.kept import Kept


class Reader:
    """Reads numbers that rise; each reading takes as long as it is told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.takes = 1.0
        self.count = 0

    async def __call__(self) -> int:
        await asyncio.sleep(0)
        self.now += self.takes
        self.count += 1
        return self.count


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def kept(reader: Reader) -> Kept[int]:
    return Kept(lambda: reader.now)


async def test_a_slow_reading_is_kept_sixty_times_as_long_as_it_took(kept: Kept[int], reader: Reader) -> None:
    first = await kept.get("scope", reader)
    reader.now += 59
    again = await kept.get("scope", reader)
    reader.now += 1
    anew = await kept.get("scope", reader)

    assert (first, again, anew) == (1, 1, 2)


async def test_no_reading_is_kept_for_more_than_five_minutes(kept: Kept[int], reader: Reader) -> None:
    reader.takes = 100
    await kept.get("scope", reader)
    reader.now += 300

    assert await kept.get("scope", reader) == 2


async def test_a_quick_reading_is_made_anew_each_time(kept: Kept[int], reader: Reader) -> None:
    reader.takes = 0.1

    assert [await kept.get("scope", reader) for _ in range(3)] == [1, 2, 3]


async def test_what_is_asked_for_while_it_is_read_is_read_once(kept: Kept[int], reader: Reader) -> None:
    assert await asyncio.gather(*(kept.get("scope", reader) for _ in range(5))) == [1] * 5


async def test_different_things_are_kept_apart(kept: Kept[int], reader: Reader) -> None:
    assert [await kept.get(key, reader) for key in ("one", "two", "one")] == [1, 2, 1]


async def test_a_reading_that_failed_is_tried_again(kept: Kept[int], reader: Reader) -> None:
    async def fail() -> int:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await kept.get("scope", fail)

    assert await kept.get("scope", reader) == 1


async def test_who_no_longer_waits_stops_nobody_else(kept: Kept[int], reader: Reader) -> None:
    leaving = asyncio.ensure_future(kept.get("scope", reader))
    staying = asyncio.ensure_future(kept.get("scope", reader))
    await asyncio.sleep(0)
    leaving.cancel()

    assert await staying == 1


async def test_no_more_than_some_are_kept(kept: Kept[int], reader: Reader) -> None:
    reader.takes = 5
    for key in range(80):
        await kept.get(key, reader)

    assert len(kept) <= 50
