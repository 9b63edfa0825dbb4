"""A claim has one winner, whoever is faster."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest

from bot.desk.database import open_database
from bot.desk.errors import ConflictError
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import Handoff
from bot.desk.parts import Desk
from bot.desk.settings import Settings
from bot.handoff.states import State

NUMBER = "WH-7K3M-Q9TD"


async def test_of_twenty_who_claim_at_once_one_has_it_and_the_others_are_told_who(
    desk: Desk, on_duty: Any, hand_over: Any, posted: Any, settings: Settings
) -> None:
    people = [await on_duty(f"agent-{number}") for number in range(20)]
    await hand_over()
    async with AsyncExitStack() as programs:
        # Each through connections of its own, as if they were programs of their own.
        engines = [await programs.enter_async_context(open_database(settings.database_url)) for _ in people]
        desks = [replace(desk, engine=engine) for engine in engines]
        claims = [service.claim(one, NUMBER, agent) for one, agent in zip(desks, people, strict=True)]
        results = await asyncio.gather(*claims, return_exceptions=True)

    winners = [result.agent for result in results if isinstance(result, Handoff)]
    losers = [result for result in results if isinstance(result, ConflictError)]
    assert (len(winners), len(losers)) == (1, 19)
    assert {loser.details["agent"] for loser in losers} == {winners[0].name}
    assert (await service.find(desk, NUMBER)).agent == winners[0]
    assert [letter["change"] for letter in await posted(NUMBER)] == ["queue", "claim"]


async def test_a_claimed_handoff_is_its_agents_and_out_of_the_queue(
    desk: Desk, on_duty: Any, hand_over: Any, clock: Any
) -> None:
    li = await on_duty("li")
    await hand_over()
    handoff = await service.claim(desk, NUMBER, li)

    assert (handoff.state, handoff.agent, handoff.claimed_at) == (State.CLAIMED, li, clock.now)
    assert (handoff.position, await service.waiting(desk)) == (None, [])
    assert [mine.packet.number for mine in await service.of_agent(desk, li.id)] == [NUMBER]


async def test_a_handoff_that_waits_no_longer_cannot_be_claimed(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    li = await on_duty("li")
    await hand_over()
    await service.cancel(desk, NUMBER)

    with pytest.raises(ConflictError) as refused:
        await service.claim(desk, NUMBER, li)
    assert refused.value.details == {"text_name": "not_possible_now", "state": "cancelled"}


async def test_two_who_take_a_case_at_once_do_not_both_have_it(desk: Desk, on_duty: Any, hand_over: Any) -> None:
    await hand_over()
    li, wang = await on_duty("li"), await on_duty("wang")
    results = await asyncio.gather(
        service.take(desk, NUMBER, li), service.take(desk, NUMBER, wang), return_exceptions=True
    )

    owners = [result.agent for result in results if isinstance(result, Handoff)]
    assert len(owners) == 1
    assert (await service.find(desk, NUMBER)).agent == owners[0]
