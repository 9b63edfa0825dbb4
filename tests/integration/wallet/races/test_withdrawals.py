"""What is on its way to a bank is nobody's to spend, gets there once, and comes back once."""

from __future__ import annotations

from collections import Counter

from tests.integration.wallet.books import force_answer, issuer_balance
from tests.integration.wallet.races.course import Course, outcomes
from wallet.domain.currency import yuan

TEN = range(10)


async def test_a_balance_is_paid_or_paid_out_but_not_both(course: Course) -> None:
    user = await course.one.user(balance="1000")
    card_id = await user.bind_card()
    here, there = course.at_both(user)
    orders = (order for _ in TEN for order in (here.pay("100"), there.withdraw("100", card_id)))
    answers = await course.race(*orders)
    assert outcomes(answers) == {(201, "succeeded", None): 10, (201, "declined", "balance_too_low"): 10}
    out = sum(answer.body["status"] == "succeeded" for answer in answers[1::2])
    assert await issuer_balance(course.one, user.user_id) == yuan(20_000 + 100 * out)


async def test_a_withdrawal_sent_twenty_times_at_once_is_paid_out_once(course: Course) -> None:
    user = await course.one.user(balance="1000")
    card_id = await user.bind_card()
    answers = await course.race(
        *(each.withdraw("100", card_id, key="one") for _ in TEN for each in course.at_both(user))
    )
    assert len({answer.body["id"] for answer in answers}) == 1
    assert (await user.balance(), await issuer_balance(course.one, user.user_id)) == (90_000, yuan(20_100))


async def test_what_the_bank_did_not_take_comes_back_once_whoever_asks(course: Course) -> None:
    user = await course.one.user(balance="1000")
    card_id = await user.bind_card()
    await force_answer(course.one, user.user_id, "68")
    made = (await user.withdraw("1000", card_id)).body
    await course.one.stage.issuer.announce_result(made["id"], "05", course.one.clock())
    path = f"/v1/withdrawals/{made['id']}/query"
    answers = await course.race(*(each.post(path) for _ in TEN for each in course.at_both(user)))
    assert {answer.body["status"] for answer in answers} == {"declined"}
    assert (await user.balance(), await issuer_balance(course.one, user.user_id)) == (100_000, yuan(20_000))


async def test_a_key_sent_with_a_withdrawal_and_a_transfer_at_once_makes_one_of_them(course: Course) -> None:
    user, recipient = await course.one.user(balance="1000"), await course.one.user()
    card_id = await user.bind_card()
    here, there = course.at_both(user)
    answers = await course.race(
        here.withdraw("100", card_id, key="one"), there.transfer("100", recipient.user_id, key="one")
    )
    assert Counter(answer.status for answer in answers) == {201: 1, 409: 1}
    assert await user.balance() == 90_000
