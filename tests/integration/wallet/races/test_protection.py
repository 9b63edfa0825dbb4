"""Freezing and limits hold from the moment they were answered, and one change does not undo another."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.integration.wallet.house import Answer, cny
from tests.integration.wallet.races.course import Course

TEN = range(10)


async def freeze(course: Course, user_id: str) -> Answer:
    return await course.other.support(f"/users/{user_id}/freeze", "POST", acting=user_id)


async def test_nothing_is_paid_after_a_freeze_was_answered(course: Course) -> None:
    user = await course.one.user(balance="1000")
    here, there = course.at_both(user)
    frozen = asyncio.Event()

    async def freeze_and_tell() -> Answer:
        answer = await freeze(course, user.user_id)
        frozen.set()
        return answer

    async def pay_later() -> Answer:
        await frozen.wait()
        return await here.pay("10")

    payments = [each.pay("10") for _ in TEN for each in (here, there)]
    answers = await course.race(*payments, freeze_and_tell(), *(pay_later() for _ in TEN))
    assert {(answer.body["status"], answer.body["cause"]) for answer in answers[21:]} == {
        ("declined", "account_frozen")
    }
    succeeded = sum(answer.body["status"] == "succeeded" for answer in answers[:20])
    assert await user.balance() == 100_000 - succeeded * 1_000


async def test_all_who_freeze_at_once_hear_the_same_moment(course: Course) -> None:
    user_id = await course.one.open_user()
    answers = await course.race(*(freeze(course, user_id) for _ in TEN))
    assert len({answer.body["frozen_at"] for answer in answers}) == 1


async def test_two_limits_set_at_once_are_both_kept(course: Course) -> None:
    for _ in TEN:
        here, there = course.at_both(await course.one.user())
        one: dict[str, Any] = {"per_payment": cny("100")}
        other: dict[str, Any] = {"per_day": cny("200")}
        answers = await course.race(here.put("/v1/limits", one), there.put("/v1/limits", other))
        assert {answer.status for answer in answers} == {200}
        limits = (await here.get("/v1/limits")).body
        assert (limits["per_payment"]["minor"], limits["per_day"]["minor"]) == (10_000, 20_000)
