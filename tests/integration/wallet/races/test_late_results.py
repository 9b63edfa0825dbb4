"""A result that is late is settled once, whoever asks for it: two wallets by themselves, and the user at both."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.wallet.books import force_answer, issuer_balance
from tests.integration.wallet.races.course import Course
from wallet.domain.currency import yuan
from wallet.services.overdue import query_overdue


@pytest.mark.parametrize(
    ("code", "status", "left", "at_bank"), [("00", "succeeded", 10_000, 20_300), ("05", "declined", 40_000, 20_000)]
)
async def test_withdrawals_asked_about_by_two_wallets_and_their_user_are_settled_once(
    course: Course, code: str, status: str, left: int, at_bank: int
) -> None:
    user = await course.one.user(balance="400")
    card_id = await user.bind_card()
    await force_answer(course.one, user.user_id, "68")
    made = [(await user.withdraw("100", card_id)).body["id"] for _ in range(3)]
    for each in made:
        await course.one.stage.issuer.announce_result(each, code, course.one.clock())
    course.one.clock.advance(hours=2)
    again = await course.one.signed_in(user.user_id)
    answers, *_ = await asyncio.gather(
        course.race(*(at.post(f"/v1/withdrawals/{each}/query") for each in made for at in course.at_both(again))),
        *(query_overdue(house.stage.wallet) for house in (course.one, course.other) for _ in range(3)),
    )
    assert {answer.body["status"] for answer in answers} == {status}
    assert await again.balance() == left
    assert await issuer_balance(course.one, user.user_id) == yuan(at_bank)
