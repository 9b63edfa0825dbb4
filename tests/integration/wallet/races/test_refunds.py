"""A payment is given back once, and no more of it than was paid, however many ask for it and answer at once."""

from __future__ import annotations

import asyncio
from collections import Counter

from tests.integration.wallet.books import issuer_balance
from tests.integration.wallet.house import SignedIn
from tests.integration.wallet.races.course import Course
from wallet.domain.currency import yuan
from wallet.services.refunds import settle_due_refunds

TEN = range(10)


async def paid(user: SignedIn, card_id: str | None = None) -> str:
    answer = await user.pay("100", card_id)
    assert answer.body["status"] == "succeeded"
    return str(answer.body["id"])


async def test_of_many_who_ask_for_all_of_a_payment_one_is_heard(course: Course) -> None:
    user = await course.one.user(balance="100")
    payment = await paid(user)
    answers = await course.race(*(each.ask_refund(payment) for _ in TEN for each in course.at_both(user)))
    assert Counter(answer.status for answer in answers) == {201: 1, 409: 19}


async def test_parts_asked_for_at_once_are_no_more_than_the_whole(course: Course) -> None:
    user = await course.one.user(balance="100")
    payment = await paid(user)
    asked = await course.race(*(each.ask_refund(payment, "30") for _ in TEN for each in course.at_both(user)))
    made = [answer.body["id"] for answer in asked if answer.status == 201]
    await course.race(*(wallet.answer_refund(refund) for refund in made for wallet in (course.one, course.other)))
    assert (len(made), await user.balance()) == (3, 9_000)


async def test_a_merchant_who_grants_and_rejects_at_once_has_done_one_of_them(course: Course) -> None:
    user = await course.one.user(balance="100")
    refund = (await user.ask_refund(await paid(user))).body["id"]
    answers = await course.race(
        *(wallet.answer_refund(refund, why) for why in (None, "used") for wallet in (course.one, course.other))
    )
    (decided,) = (answer.body["status"] for answer in answers if answer.status == 200)
    assert Counter(answer.status for answer in answers) == {200: 1, 409: 3}
    assert (await user.get(f"/v1/refunds/{refund}")).body["status"] == decided
    assert await user.balance() == {"succeeded": 10_000, "rejected": 0}[decided]


async def test_a_refund_asked_for_twenty_times_under_one_key_is_one(course: Course) -> None:
    user = await course.one.user(balance="100")
    payment = await paid(user)
    answers = await course.race(
        *(each.ask_refund(payment, "10", key="one") for _ in TEN for each in course.at_both(user))
    )
    assert len({answer.text for answer in answers}) == 1
    assert len((await user.get("/v1/refunds")).body["items"]) == 1


async def test_a_card_gets_what_is_due_once_from_two_wallets(course: Course) -> None:
    user = await course.one.user()
    refund = (await user.ask_refund(await paid(user, await user.bind_card()))).body["id"]
    await course.one.answer_refund(refund)
    course.one.clock.advance(days=5)
    wallets = (course.one.stage.wallet, course.other.stage.wallet)
    await asyncio.gather(*(settle_due_refunds(wallet) for _ in range(5) for wallet in wallets))
    assert await issuer_balance(course.one, user.user_id) == yuan(20_000)


async def test_what_is_given_back_meanwhile_is_there_to_spend_once(course: Course) -> None:
    user = await course.one.user(balance="100")
    refund = (await user.ask_refund(await paid(user))).body["id"]
    here, there = course.at_both(user)
    answers = await course.race(course.other.answer_refund(refund), *(each.pay("100") for each in (here, there) * 5))
    spent = sum(answer.body["status"] == "succeeded" for answer in answers[1:])
    assert spent in (0, 1)
    assert await user.balance() == 10_000 - spent * 10_000
