"""What is sent arrives once and is not spent elsewhere, whoever sends or pays at the same time."""

from __future__ import annotations

from tests.integration.wallet.races.course import Course, outcomes

TEN, TWENTY = range(10), range(20)


async def test_two_who_pay_each_other_at_once_have_what_they_had(course: Course) -> None:
    one, other = await course.one.user(balance="100"), await course.one.user(balance="100")
    ways = [(here, other.user_id) for here in course.at_both(one)]
    ways += [(there, one.user_id) for there in course.at_both(other)]
    answers = await course.race(*(sender.transfer("5", to) for _ in range(5) for sender, to in ways))
    assert outcomes(answers) == {(201, "succeeded", None): 20}
    assert (await one.balance(), await other.balance()) == (10_000, 10_000)


async def test_one_balance_is_sent_once(course: Course) -> None:
    sender, recipient = await course.one.user(balance="1000"), await course.one.user()
    senders = course.at_both(sender)
    answers = await course.race(*(each.transfer("100", recipient.user_id) for _ in TWENTY for each in senders))
    assert outcomes(answers) == {(201, "succeeded", None): 10, (201, "declined", "balance_too_low"): 30}
    assert (await sender.balance(), await recipient.balance()) == (0, 100_000)


async def test_what_is_paid_and_what_is_sent_share_the_balance_and_the_limit_of_a_day(course: Course) -> None:
    for balance, cause in (("1000", "balance_too_low"), ("20000", "over_daily_limit")):
        sender, recipient = await course.one.user(balance=balance), await course.one.user()
        here, there = course.at_both(sender)
        amount = str(int(balance) // 20 if balance == "20000" else 100)
        orders = (order for _ in TEN for order in (here.pay(amount), there.transfer(amount, recipient.user_id)))
        answers = await course.race(*orders)
        assert outcomes(answers) == {(201, "succeeded", None): 10, (201, "declined", cause): 10}


async def test_what_arrives_can_be_spent_and_only_once(course: Course) -> None:
    sender, recipient = await course.one.user(balance="1000"), await course.one.user()
    here, there = course.at_both(recipient)
    sent = [sender.transfer("100", recipient.user_id) for _ in TEN]
    answers = await course.race(*sent, *(each.pay("100") for _ in TEN for each in (here, there)))
    assert {answer.body["status"] for answer in answers[:10]} == {"succeeded"}
    paid = sum(answer.body["status"] == "succeeded" for answer in answers[10:])
    assert await recipient.balance() == 100_000 - paid * 10_000


async def test_a_transfer_sent_twenty_times_at_once_is_made_once(course: Course) -> None:
    sender, recipient = await course.one.user(balance="1000"), await course.one.user()
    senders = course.at_both(sender)
    answers = await course.race(*(each.transfer("100", recipient.user_id, key="one") for _ in TEN for each in senders))
    assert len({answer.text for answer in answers}) == 1
    assert (await sender.balance(), await recipient.balance()) == (90_000, 10_000)
