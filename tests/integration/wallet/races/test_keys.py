"""A key moves money once, however often and wherever it is sent."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.integration.wallet.races.course import Course

TEN = range(10)


@pytest.mark.parametrize("by_card", [False, True])
async def test_a_payment_sent_twenty_times_at_once_is_made_once(course: Course, by_card: bool) -> None:
    user = await course.one.user(balance="1000")
    card_id = await user.bind_card() if by_card else None
    here, there = course.at_both(user)
    answers = await course.race(*(each.pay("100", card_id, key="one") for _ in TEN for each in (here, there)))
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body["id"] for answer in answers}) == 1
    assert (await user.get("/v1/limits")).body["used_today"]["minor"] == 10_000
    assert await user.balance() == (100_000 if by_card else 90_000)


async def test_all_who_sent_a_settled_payment_hear_the_same(course: Course) -> None:
    user = await course.one.user(balance="1000")
    here, there = course.at_both(user)
    answers = await course.race(*(each.pay("100", key="one") for _ in TEN for each in (here, there)))
    assert len({json.dumps(answer.body, sort_keys=True) for answer in answers}) == 1


async def test_a_topup_sent_twenty_times_at_once_arrives_once(course: Course) -> None:
    user = await course.one.user()
    here, there = course.at_both(user)
    answers = await course.race(*(each.top_up("100", key="one") for _ in TEN for each in (here, there)))
    assert len({answer.body["id"] for answer in answers}) == 1
    assert await user.balance() == 10_000


async def test_of_different_requests_with_one_key_one_is_carried_out(course: Course) -> None:
    user = await course.one.user(balance="1000")
    here, there = course.at_both(user)
    answers = await course.race(*(each.pay(str(yuan), key="one") for yuan in range(1, 11) for each in (here, there)))
    assert Counter(answer.status for answer in answers) == {201: 2, 409: 18}
    won = [answer.body for answer in answers if answer.status == 201]
    assert won[0]["id"] == won[1]["id"]
    assert {answer.code for answer in answers if answer.status == 409} == {"idempotency_key_reused"}
    assert await user.balance() == 100_000 - won[0]["amount"]["minor"]


async def test_a_key_sent_with_a_payment_and_a_topup_at_once_makes_one_of_them(course: Course) -> None:
    user = await course.one.user(balance="1000")
    here, there = course.at_both(user)
    answers = await course.race(here.pay("100", key="one"), there.top_up("100", key="one"))
    assert Counter(answer.status for answer in answers) == {201: 1, 409: 1}


async def test_an_unknown_result_asked_about_from_all_sides_is_settled_once(course: Course) -> None:
    user = await course.one.user()
    card_id = await user.bind_card()
    async with course.one.stage.wallet.storage.reading() as unit:
        (card,) = await unit.cards.all_of(user.user_id)
    issuer = course.one.stage.issuer
    known = await issuer.card(card.token)
    assert known is not None
    await issuer.arrange_card(card.token, balance=known.balance, expires=card.expires, forced_code="68")
    payment = (await user.pay("100", card_id)).body
    await issuer.announce_result(payment["id"], "00", course.one.clock())
    path = f"/v1/payments/{payment['id']}/query"
    answers = await course.race(*(each.post(path) for _ in TEN for each in course.at_both(user)))
    assert {answer.body["status"] for answer in answers} == {"succeeded"}
