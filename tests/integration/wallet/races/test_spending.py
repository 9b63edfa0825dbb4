"""Nothing is spent twice, however many ask for it at once."""

from __future__ import annotations

from tests.integration.wallet.races.course import Course, outcomes

TWENTY = range(20)


async def test_one_balance_is_spent_once(course: Course) -> None:
    user = await course.one.user(balance="1000")
    here, there = course.at_both(user)
    answers = await course.race(*(each.pay("100") for _ in TWENTY for each in (here, there)))
    assert outcomes(answers) == {(201, "succeeded", None): 10, (201, "declined", "balance_too_low"): 30}
    assert await user.balance() == 0


async def test_the_limit_of_a_day_is_spent_once(course: Course) -> None:
    user = await course.one.user(balance="5000", level=1)
    here, there = course.at_both(user)
    answers = await course.race(*(each.pay("200") for _ in TWENTY for each in (here, there)))
    assert outcomes(answers) == {(201, "succeeded", None): 10, (201, "declined", "over_daily_limit"): 30}
    assert (await user.get("/v1/limits")).body["used_today"]["minor"] == 200_000


async def test_payments_and_topups_at_once_leave_what_they_add_up_to(course: Course) -> None:
    user = await course.one.user(balance="100")
    here, there = course.at_both(user)
    answers = await course.race(*(do("10") for _ in TWENTY for do in (here.pay, there.top_up)))
    paid = sum(answer.body["status"] == "succeeded" for answer in answers[::2])
    assert await user.balance() == 10_000 + 20 * 1_000 - paid * 1_000


async def test_a_card_is_charged_for_what_it_holds(course: Course) -> None:
    user = await course.one.user(level=3)
    card_id = await user.bind_card()
    here, there = course.at_both(user)
    answers = await course.race(*(each.pay("5000", card_id) for _ in range(4) for each in (here, there)))
    assert outcomes(answers) == {(201, "succeeded", None): 4, (201, "declined", "insufficient_funds"): 4}
