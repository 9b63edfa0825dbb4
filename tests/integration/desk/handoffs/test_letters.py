"""Every letter reaches the bot once and in order, whatever happens on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest
from sqlalchemy import select

from bot.desk.database import reading
from bot.desk.handoffs import service
from bot.desk.handoffs.payloads import AgentName, EventKind
from bot.desk.letters.tables import letters
from bot.desk.parts import Desk
from bot.handoff.states import State
from tests.integration.desk.handoffs.conftest import until, until_nothing_waits
from tests.integration.desk.handoffs.fake_bot import (
    FakeBot,
    answering,
    answering_no_json,
    dropping,
    dropping_after_taking,
    hanging,
)

NUMBER = "WH-7K3M-Q9TD"
Delivering = Callable[[], AbstractAsyncContextManager[None]]
TALK = ["queue", "claim", "one", "two", "resolve"]


@pytest.fixture
async def li(on_duty: Any) -> AgentName:
    """Li."""
    agent: AgentName = await on_duty("li")
    return agent


async def talk(desk: Desk, li: AgentName, hand_over: Any, number: str = NUMBER) -> None:
    await hand_over(number)
    await service.claim(desk, number, li)
    for text in ("one", "two"):
        await service.write(desk, number, li, text, str(uuid.uuid4()))
    await service.resolve(desk, number, li)


async def test_a_talk_reaches_the_bot_in_order_and_nothing_is_kept_twice(
    desk: Desk, li: AgentName, hand_over: Any, fake_bot: FakeBot, delivering: Delivering
) -> None:
    async with delivering():
        await talk(desk, li, hand_over)
        await until_nothing_waits(desk)

    assert fake_bot.taken_of(NUMBER) == TALK
    assert fake_bot.tokens == {"Bearer fedcba9876543210fedcba9876543210"}
    assert set(fake_bot.addresses) == {
        "/desk/conversations/of WH-7K3M-Q9TD/changes",
        "/desk/conversations/of WH-7K3M-Q9TD/messages",
    }
    assert await service.undelivered(desk, NUMBER) == []
    async with reading(desk.engine) as connection:
        assert {row.body for row in await connection.execute(select(letters.c.body))} == {None}


TROUBLES = {
    "it is starting": lambda bot: answering(503, {"code": "unavailable"}, **{"Retry-After": "1"}),
    "it fails": lambda bot: answering(500),
    "a proxy fails": lambda bot: answering_no_json,
    "its token is another": lambda bot: answering(401, {"code": "unauthenticated"}),
    "it is asked too often": lambda bot: answering(429),
    "it hangs": lambda bot: hanging,
    "the connection breaks": lambda bot: dropping,
    "the connection breaks when it is taken": dropping_after_taking,
    "the standing is not noted yet": lambda bot: answering(
        409, {"code": "illegal_change", "state": "requested", "number": NUMBER}
    ),
}


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("before", [0, 2])
async def test_a_letter_is_brought_again_until_it_is_answered(
    desk: Desk,
    li: AgentName,
    hand_over: Any,
    fake_bot: FakeBot,
    delivering: Delivering,
    trouble: str,
    before: int,
) -> None:
    async def nothing_wrong(request: Any) -> Any:
        fake_bot.take(await request.json(), request.path)
        return await answering(200, {})(request)

    fake_bot.troubles = [nothing_wrong] * before + [TROUBLES[trouble](fake_bot)] * 2
    await talk(desk, li, hand_over)
    async with delivering():
        await until_nothing_waits(desk)

    assert fake_bot.taken_of(NUMBER) == TALK
    assert fake_bot.most_at_once == 1
    assert fake_bot.troubles == []


async def test_a_handoff_in_trouble_does_not_hold_up_the_others(
    desk: Desk, li: AgentName, hand_over: Any, fake_bot: FakeBot, delivering: Delivering
) -> None:
    numbers = [f"WH-0000-00{number}" for number in range(10, 30)]
    for number in numbers:
        await talk(desk, li, hand_over, number)
    fake_bot.troubles = [hanging] * 4
    async with delivering():
        await until_nothing_waits(desk)

    assert [fake_bot.taken_of(number) for number in numbers] == [TALK] * len(numbers)
    assert fake_bot.most_at_once == 1


async def test_after_an_end_in_the_middle_delivery_goes_on_from_the_database(
    desk: Desk, li: AgentName, hand_over: Any, fake_bot: FakeBot, delivering: Delivering
) -> None:
    await talk(desk, li, hand_over)
    fake_bot.troubles = [dropping_after_taking(fake_bot), hanging]
    async with delivering():
        await until(lambda: not fake_bot.troubles)
    assert fake_bot.taken_of(NUMBER) == TALK[:1]

    async with delivering():
        await until_nothing_waits(desk)
    assert fake_bot.taken_of(NUMBER) == TALK


@pytest.mark.parametrize(
    ("status", "body", "refusal"),
    [
        (400, {"code": "invalid_request"}, "invalid_request"),
        (413, {"code": "body_too_large"}, "body_too_large"),
        (404, {"code": "not_found"}, "not_found"),
        (413, None, "413"),
    ],
)
async def test_a_refused_line_is_kept_with_its_refusal_and_the_next_one_goes_out(
    desk: Desk,
    li: AgentName,
    hand_over: Any,
    fake_bot: FakeBot,
    delivering: Delivering,
    status: int,
    body: Any,
    refusal: str,
) -> None:
    await hand_over()
    await service.claim(desk, NUMBER, li)
    async with delivering():
        await until_nothing_waits(desk)
        fake_bot.troubles = [answering(status, body)]
        for text in ("refused", "taken"):
            await service.write(desk, NUMBER, li, text, str(uuid.uuid4()))
        await until_nothing_waits(desk)

    (letter,) = await service.undelivered(desk, NUMBER)
    assert (letter.text, letter.refusal) == ("refused", refusal)
    assert fake_bot.taken_of(NUMBER)[-1] == "taken"
    assert (await service.find(desk, NUMBER)).state is State.ACTIVE


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (409, {"code": "illegal_change", "state": "cancelled", "number": NUMBER}),
        (409, {"code": "illegal_change", "state": "queued", "number": "WH-0000-0001"}),
        (404, {"code": "not_found"}),
    ],
    ids=["cancelled by the user", "a newer hand-off", "no conversation"],
)
async def test_a_handoff_that_is_over_for_the_bot_ends_and_its_agent_is_told(
    desk: Desk, li: AgentName, hand_over: Any, fake_bot: FakeBot, delivering: Delivering, status: int, body: Any
) -> None:
    await hand_over()
    async with delivering():
        await until_nothing_waits(desk)
    fake_bot.troubles = [answering(status, body)]
    await service.claim(desk, NUMBER, li)
    await service.write(desk, NUMBER, li, "hello?", str(uuid.uuid4()))
    with desk.live.subscribe(f"agent:{li.id}") as news:
        async with delivering():
            assert (await news.get())[1] == {"text_name": "handoff_cancelled", "number": NUMBER}

    assert (await service.find(desk, NUMBER)).state is State.CANCELLED
    assert await service.of_agent(desk, li.id) == []
    assert fake_bot.taken_of(NUMBER) == ["queue"]
    refused = await service.undelivered(desk, NUMBER)
    assert [letter.change or letter.text for letter in refused] == ["claim", "hello?"]
    assert all(letter.refusal for letter in refused)
    assert (await service.history(desk, NUMBER))[-1].kind is EventKind.CANCEL


async def test_what_the_bot_knew_already_counts_as_delivered(
    desk: Desk, li: AgentName, hand_over: Any, fake_bot: FakeBot, delivering: Delivering
) -> None:
    fake_bot.troubles = [answering(409, {"code": "illegal_change", "state": "queued", "number": NUMBER})]
    await hand_over()
    await service.claim(desk, NUMBER, li)
    async with delivering():
        await until_nothing_waits(desk)

    assert fake_bot.taken_of(NUMBER) == ["claim"]
    assert await service.undelivered(desk, NUMBER) == []


async def test_the_page_hears_of_each_delivery(
    desk: Desk, li: AgentName, hand_over: Any, fake_bot: FakeBot, delivering: Delivering
) -> None:
    await hand_over()
    with desk.live.subscribe(f"handoff:{NUMBER}") as news:
        async with delivering():
            topic, data = await news.get()

    assert (topic, data) == (f"handoff:{NUMBER}", {"news": "delivered", "letter": fake_bot.taken[0]["id"]})
