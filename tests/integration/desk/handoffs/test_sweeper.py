"""What happens because time passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timezone
from typing import Any

import pytest

from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import Why
from bot.desk.handoffs.sweeper import Sweeper
from bot.desk.hours.hours import Hours, Period
from bot.desk.parts import Desk
from bot.desk.presence.service import set_status, touch
from bot.handoff.states import State

NUMBER = "WH-7K3M-Q9TD"


class Mornings:
    """Service until 08:32 UTC, a minute after the desk's clock begins."""

    def periods(self, day: date) -> tuple[Period, ...]:
        return (Period(0, 8 * 60 + 32),)


async def stands(desk: Desk) -> tuple[State, Why | None]:
    standing = await service.tell_standing(desk, NUMBER)
    return standing.state, standing.why


async def test_who_has_waited_too_long_gets_a_case(desk: Desk, on_duty: Any, hand_over: Any, clock: Any) -> None:
    li = await on_duty("li")
    sweeper = Sweeper(desk)
    await hand_over()
    for _ in range(15):
        clock.move_on(minutes=1)
        await touch(desk, li.id)
        await sweeper.sweep_once()
    assert await stands(desk) == (State.QUEUED, None)

    clock.move_on(minutes=1)
    await touch(desk, li.id)
    await sweeper.sweep_once()

    assert await stands(desk) == (State.CASE, Why.WAITED)


async def test_with_nobody_left_for_a_minute_who_waits_gets_a_case(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li = await on_duty("li")
    sweeper = Sweeper(desk)
    await hand_over()
    await set_status(desk, li.id, "away")
    await sweeper.sweep_once()
    assert await stands(desk) == (State.QUEUED, None)

    clock.move_on(minutes=1)
    await sweeper.sweep_once()

    assert await stands(desk) == (State.CASE, Why.NOBODY)


async def test_an_agent_who_comes_back_within_the_minute_keeps_the_queue(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li = await on_duty("li")
    sweeper = Sweeper(desk)
    await hand_over()
    await set_status(desk, li.id, "away")
    await sweeper.sweep_once()
    await set_status(desk, li.id, "available")
    await sweeper.sweep_once()
    await set_status(desk, li.id, "away")
    clock.move_on(minutes=1)
    await sweeper.sweep_once()

    assert await stands(desk) == (State.QUEUED, None)


async def test_after_the_hours_of_service_the_case_says_that_it_is_closed(
    with_hours: Any, desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li = await on_duty("li")
    sweeper = Sweeper(with_hours(Hours(Mornings(), timezone.utc)))
    await hand_over()
    await set_status(desk, li.id, "away")
    await sweeper.sweep_once()
    clock.move_on(minutes=2)
    await sweeper.sweep_once()

    assert await stands(desk) == (State.CASE, Why.CLOSED)


async def test_who_is_served_by_an_agent_that_is_gone_waits_in_front_again(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any, posted: Any
) -> None:
    li, wang = await on_duty("li"), await on_duty("wang")
    await hand_over()
    await service.claim(desk, NUMBER, li)
    clock.move_on(minutes=5)
    await touch(desk, wang.id)
    sweeper = Sweeper(desk)
    await sweeper.sweep_once()
    assert await stands(desk) == (State.CLAIMED, None)

    clock.move_on(minutes=1)
    await touch(desk, wang.id)
    with desk.live.subscribe(f"agent:{li.id}") as news:
        await sweeper.sweep_once()

        assert news.get_nowait()[1] == {"text_name": "handoff_requeued", "number": NUMBER}
    handoff = await service.find(desk, NUMBER)
    assert (handoff.state, handoff.agent, handoff.position) == (State.QUEUED, None, 1)
    assert (await posted(NUMBER))[-1] == {"change": "requeue", "position": 1, "wait": None, "agent": "Li"}


async def test_a_desk_that_was_away_does_not_take_it_for_the_absence_of_its_people(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li = await on_duty("li")
    await hand_over()
    await service.claim(desk, NUMBER, li)
    await hand_over("WH-0000-0002")
    clock.move_on(minutes=20)
    await Sweeper(replace(desk, started_at=clock())).sweep_once()

    assert (await service.find(desk, NUMBER)).state is State.CLAIMED
    assert (await service.find(desk, "WH-0000-0002")).state is State.QUEUED


@pytest.mark.parametrize("status", ["available", "away"])
async def test_an_agent_whose_page_is_open_keeps_whom_he_serves(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any, status: str
) -> None:
    li = await on_duty("li")
    await hand_over()
    await service.claim(desk, NUMBER, li)
    await set_status(desk, li.id, status)
    for _ in range(4):
        clock.move_on(minutes=4)
        await touch(desk, li.id)
        await Sweeper(desk).sweep_once()

    assert await stands(desk) == (State.CLAIMED, None)
