"""The order of the queue, and what those who wait are told of it."""

from __future__ import annotations

from typing import Any

from bot.desk.handoffs import service
from bot.desk.handoffs.sweeper import Sweeper
from bot.desk.parts import Desk
from bot.desk.presence.service import touch


async def numbers(desk: Desk) -> list[str]:
    return [handoff.packet.number for handoff in await service.waiting(desk)]


async def test_fraud_comes_first_then_who_lost_his_agent_then_who_waits_longest(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li, wang = await on_duty("li"), await on_duty("wang")
    await hand_over("WH-0000-0001")
    await service.claim(desk, "WH-0000-0001", li)
    for number in ("WH-0000-0002", "WH-0000-0003"):
        clock.move_on(minutes=1)
        await touch(desk, wang.id)
        await hand_over(number)
    await hand_over("WH-0000-0004", reason="fraud")
    for _ in range(5):
        clock.move_on(minutes=1)
        await touch(desk, wang.id)
    await Sweeper(desk).sweep_once()

    assert await numbers(desk) == ["WH-0000-0004", "WH-0000-0001", "WH-0000-0002", "WH-0000-0003"]


async def test_who_moves_up_is_told_and_nobody_else(desk: Desk, on_duty: Any, hand_over: Any, posted: Any) -> None:
    li = await on_duty("li")
    for number in ("WH-0000-0001", "WH-0000-0002", "WH-0000-0003"):
        await hand_over(number)
    await service.claim(desk, "WH-0000-0002", li)

    assert [handoff.position for handoff in await service.waiting(desk)] == [1, 2]
    assert len(await posted("WH-0000-0001")) == 1
    assert (await posted("WH-0000-0003"))[-1] == {"change": "move", "position": 2, "wait": None}


async def test_fraud_that_comes_moves_the_others_back(desk: Desk, on_duty: Any, hand_over: Any, posted: Any) -> None:
    await on_duty("li")
    await hand_over("WH-0000-0001")
    standing = await hand_over("WH-0000-0002", reason="fraud")

    assert standing.position == 1
    assert (await posted("WH-0000-0001"))[-1] == {"change": "move", "position": 2, "wait": None}


async def test_after_five_services_the_range_of_minutes_is_told(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li = await on_duty("li")
    for minutes in (4, 6, 8, 10, 12):
        await touch(desk, li.id)
        await hand_over(f"WH-0000-00{minutes:02}")
        await service.claim(desk, f"WH-0000-00{minutes:02}", li)
        clock.move_on(minutes=minutes)
        await service.resolve(desk, f"WH-0000-00{minutes:02}", li)
    await touch(desk, li.id)

    assert (await hand_over("WH-0000-0001")).wait == (6, 10)
    assert (await hand_over("WH-0000-0002")).wait == (12, 20)


async def test_a_sweep_that_finds_nothing_new_tells_nothing(
    desk: Desk, on_duty: Any, hand_over: Any, posted: Any
) -> None:
    await on_duty("li")
    await hand_over("WH-0000-0001")
    for _ in range(3):
        await Sweeper(desk).sweep_once()

    assert len(await posted("WH-0000-0001")) == 1
