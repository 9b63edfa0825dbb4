"""A number has one account, a card is bound once, and guesses are all counted, at however many wallets at once."""

from __future__ import annotations

from tests.integration.wallet.house import DEBIT_CARD, Answer, SignedIn
from tests.integration.wallet.races.course import Course

NUMBER = "99010119900307004X"
CARD = {"number": DEBIT_CARD, "expires": "2029-05", "phone": None}


async def prove(user: SignedIn) -> Answer:
    return await user.post("/v1/identity", {"level": 2, "name": "测试", "id_number": NUMBER})


async def test_of_many_accounts_that_claim_one_number_one_gets_it(course: Course) -> None:
    users = [await course.one.user(level=1) for _ in range(10)]
    asking = [course.at_both(user)[turn % 2] for turn, user in enumerate(users)]
    answers = await course.race(*(prove(user) for user in asking))
    assert sorted(answer.status for answer in answers) == [200, *[422] * 9]
    levels = [(await user.get("/v1/me")).body["identity_level"] for user in users]
    assert sorted(levels) == [1] * 9 + [2]


async def test_an_account_rises_once(course: Course) -> None:
    here, there = course.at_both(await course.one.user(level=1))
    answers = await course.race(*(prove(each) for _ in range(3) for each in (here, there)))
    assert sorted(answer.status for answer in answers) == [200, *[409] * 5]
    outbox = await course.one.call("GET", f"/v1/dev/outbox?user_id={here.user_id}")
    assert sorted(message["medium"] for message in outbox.body["items"]) == ["email", "sms"]


async def test_a_card_is_bound_once(course: Course) -> None:
    here, there = course.at_both(await course.one.user())
    answers = await course.race(*(each.post("/v1/cards", CARD) for _ in range(3) for each in (here, there)))
    assert sorted(answer.status for answer in answers) == [201, *[409] * 5]
    assert len((await here.get("/v1/cards")).body["items"]) == 1


async def test_guesses_of_a_cards_phone_are_all_counted(course: Course) -> None:
    here, there = course.at_both(await course.one.user())
    papers = await course.one.call("POST", "/v1/dev/papers", json={"user_id": here.user_id})
    guesses = [{**papers.body["card"], "phone": str(phone)} for phone in range(13900000000, 13900000012)]
    asking = [(here, there)[turn % 2] for turn in range(len(guesses))]
    answers = await course.race(*(user.post("/v1/cards", guess) for user, guess in zip(asking, guesses, strict=True)))
    assert sorted(answer.status for answer in answers) == [422] * 5 + [429] * 7
