"""Proving who one is: with name and number, then with a card, and how little a refusal tells."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from tests.integration.wallet.databases import everything_stored_at
from tests.integration.wallet.house import PASSWORD, Answer, House, SignedIn, cny
from wallet.domain.account_events import Actor, Deed
from wallet.domain.resident_numbers import check_character

NAME = "测试"


def number(order: int, born: str = "19900307") -> str:
    digits = f"990101{born}{order:03d}"
    return digits + check_character(digits)


async def prove(user: SignedIn, id_number: str, name: str = NAME) -> Answer:
    return await user.post("/v1/identity", {"level": 2, "name": name, "id_number": id_number})


async def rise_by_card(user: SignedIn) -> Answer:
    return await user.post("/v1/identity", {"level": 3})


async def papers_for(house: House, user: SignedIn) -> Any:
    return (await house.call("POST", "/v1/dev/papers", json={"user_id": user.user_id})).body


def as_told(answer: Answer) -> tuple[int, dict[str, Any]]:
    return answer.status, {key: value for key, value in answer.body.items() if key != "request_id"}


async def test_name_and_number_raise_the_level_and_the_limits_at_once(house: House) -> None:
    user = await house.user(balance="2000", level=1)
    other = await house.user()
    assert (await user.pay("1500")).body["cause"] == "over_payment_limit"
    assert (await user.transfer("100", other.user_id)).body["cause"] == "identity_incomplete"
    raised = await prove(user, number(2))
    assert (raised.status, raised.body["identity_level"], raised.body["per_day"]) == (200, 2, cny("5000"))
    assert raised.body == (await user.get("/v1/limits")).body
    assert (await user.get("/v1/me")).body["identity_level"] == 2
    assert (await user.transfer("100", other.user_id)).body["status"] == "succeeded"
    assert (await user.pay("1500")).body["status"] == "succeeded"


async def test_a_usable_card_raises_it_once_more(house: House) -> None:
    user = await house.user(level=2)
    missing = await rise_by_card(user)
    assert (missing.status, missing.code, missing.body["details"]) == (409, "conflict", {"needs": "card"})
    card_id = await user.bind_card(expires="2026-04")
    await house.support(f"/users/{user.user_id}/cards/{card_id}/freeze", "POST", acting=user.user_id)
    assert (await rise_by_card(user)).body["details"] == {"needs": "card"}
    await user.bind_card("6200020000051188", expires="2026-03")
    house.clock.advance(days=20)
    user = await house.signed_in(user.user_id)
    assert (await rise_by_card(user)).body["details"] == {"needs": "card"}
    await user.bind_card("6201010000070303")
    raised = await rise_by_card(user)
    assert (raised.body["identity_level"], raised.body["per_payment"]) == (3, cny("10000"))


async def test_rising_lifts_no_limit_above_half_of_the_new_level_without_the_password(house: House) -> None:
    user = await house.user(level=2)
    await user.bind_card()
    assert (await user.put("/v1/limits", {"per_day": cny("300")})).status == 200
    raised = (await rise_by_card(user)).body
    # Whoever finds the phone unlocked could rise: of the one limit he gets half, of the other what its owner chose.
    assert (raised["per_payment"], raised["per_day"]) == (cny("10000"), cny("300"))
    assert (raised["per_payment_maximum"], raised["per_day_maximum"]) == (cny("20000"), cny("50000"))
    further = {"per_payment": cny("20000")}
    assert (await user.put("/v1/limits", further)).code == "password_required"
    assert (await user.put("/v1/limits", {**further, "password": PASSWORD})).body["per_payment"] == cny("20000")


async def test_a_level_is_reached_from_the_one_below_and_once(house: House) -> None:
    user = await house.user(level=1)
    await user.bind_card()
    assert (await rise_by_card(user)).body["details"] == {"needs": "identity"}
    assert (await prove(user, number(4))).status == 200
    again = await prove(user, number(4))
    assert (again.code, again.body["details"]) == ("conflict", {})
    assert (await rise_by_card(user)).status == 200
    assert (await rise_by_card(user)).body["details"] == {}


async def test_it_is_kept_and_told_in_the_users_language(house: House) -> None:
    user_id = await house.open_user(level=1, language="en")
    assert (await prove(await house.signed_in(user_id), number(6))).status == 200
    async with house.stage.wallet.storage.reading() as unit:
        (event,) = await unit.account_events.all_of(user_id)
    assert (event.deed, event.by, event.reason) == (Deed.LEVEL_CHANGED, Actor.USER, "1 -> 2")
    messages = (await house.call("GET", f"/v1/dev/outbox?user_id={user_id}")).body["items"]
    assert {(message["kind"], message["medium"]) for message in messages} == {
        ("identity_level", "email"),
        ("identity_level", "sms"),
    }
    assert all("your identity level became 2" in message["body"] for message in messages)


async def test_the_number_is_neither_stored_nor_logged_nor_told_again(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    user, other = await house.user(level=1), await house.user(level=1)
    answers = [await prove(user, number(8)), await prove(other, number(8)), await prove(other, number(8)[:-1] + "0")]
    assert [answer.status for answer in answers] == [200, 422, 400]
    stored = await everything_stored_at(house.settings.database_url)
    assert user.user_id in stored
    told = "".join(answer.text for answer in answers)
    logged = "".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)
    assert "/v1/identity" in logged
    assert not [place for place in (stored, told, logged) if number(8) in place or number(8)[:-1] in place]


async def test_a_number_of_another_account_is_refused_like_one_that_does_not_fit_the_name(house: House) -> None:
    holder, other = await house.user(level=1), await house.user(level=1)
    known = (await papers_for(house, other))["id_number"]
    assert (await prove(holder, number(10))).status == 200
    taken, misfit = await prove(other, number(10)), await prove(other, known, "别人")
    assert as_told(taken) == as_told(misfit)
    assert (taken.status, taken.code, taken.body["details"]) == (422, "identity_not_confirmed", {})
    assert "another" not in taken.text
    assert (await other.get("/v1/me")).body["identity_level"] == 1
    assert (await prove(other, known)).status == 200


async def test_an_account_is_of_one_person_even_after_an_operator_doubted_him(house: House) -> None:
    user = await house.user(level=1)
    assert (await prove(user, number(12))).status == 200
    async with house.stage.wallet.storage.writing() as unit:
        await unit.users.set_identity_level(user.user_id, 1)
    assert (await prove(user, number(14))).code == "identity_not_confirmed"
    assert (await prove(user, number(12).lower())).status == 200


async def test_after_five_refusals_nothing_is_tried_before_midnight(house: House) -> None:
    holder, user = await house.user(level=1), await house.user(level=1)
    assert (await prove(holder, number(16))).status == 200
    for _ in range(5):
        assert (await prove(user, number(16))).code == "identity_not_confirmed"
    refused = await prove(user, number(18))
    # It is ten to noon: twelve hours and ten minutes.
    assert (refused.code, refused.headers["Retry-After"]) == ("too_many_requests", str(12 * 3600 + 600))
    assert (await prove(await house.user(level=1), number(20))).status == 200
    house.clock.advance(hours=12, minutes=11)
    user = await house.signed_in(user.user_id)
    assert (await prove(user, number(18))).status == 200


async def test_mistyped_numbers_use_no_tries_up(house: House) -> None:
    user = await house.user(level=1)
    for _ in range(7):
        assert (await prove(user, number(22)[:-1] + "A")).code == "invalid_request"
    assert (await prove(user, number(22))).status == 200


async def test_of_two_accounts_that_claim_a_number_at_once_one_gets_it(house: House) -> None:
    users = [await house.user(level=1) for _ in range(6)]
    answers = await asyncio.gather(*(prove(user, number(24)) for user in users))
    assert sorted(answer.status for answer in answers) == [200, *[422] * 5]


async def test_a_person_may_be_too_young(house: House) -> None:
    user = await house.user(level=1)
    refused = await prove(user, number(26, born="20080313"))
    assert (refused.status, refused.code, refused.body["details"]) == (422, "under_age", {"minimum_age": 18})
    house.clock.advance(days=1)
    assert (await prove(await house.signed_in(user.user_id), number(26, born="20080313"))).status == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "level"),
        ({"level": 1}, "level"),
        ({"level": 4}, "level"),
        ({"level": True}, "level"),
        ({"level": "2"}, "level"),
        ({"level": 2.5}, "level"),
        ({"level": 2}, "name"),
        ({"level": 2, "name": NAME}, "id_number"),
        ({"level": 2, "name": " ", "id_number": number(28)}, "name"),
        ({"level": 2, "name": "x" * 61, "id_number": number(28)}, "name"),
        ({"level": 2, "name": "12", "id_number": number(28)}, "name"),
        ({"level": 2, "name": NAME, "id_number": 990101199003070023}, "id_number"),
        ({"level": 2, "name": NAME, "id_number": "x" * 33}, "id_number"),
        ({"level": 2, "name": NAME, "id_number": number(28)[:-1]}, "id_number"),
        ({"level": 2, "name": NAME, "id_number": number(28, born="19900231")}, "id_number"),
    ],
)
async def test_what_proves_nothing_is_refused_with_its_field(house: House, body: Any, field: str) -> None:
    user = await house.user(level=1)
    refused = await user.post("/v1/identity", body)
    assert (refused.status, refused.code, refused.body["details"]) == (400, "invalid_request", {"field": field})


async def test_a_frozen_account_proves_nothing(house: House) -> None:
    user = await house.user(level=1)
    await user.post("/v1/me/freeze", {"reason": "phone stolen"})
    assert (await prove(user, number(30))).code == "account_frozen"


async def test_made_up_papers_lead_to_the_highest_level(house: House) -> None:
    user = await house.user(level=1)
    papers = await papers_for(house, user)
    assert (await prove(user, papers["id_number"], papers["name"])).body["identity_level"] == 2
    assert (await user.post("/v1/cards", papers["card"])).status == 201
    assert (await rise_by_card(user)).body["identity_level"] == 3
    nobodys = await house.call("POST", "/v1/dev/papers", json={"user_id": "nobody"})
    assert nobodys.code == "not_found"
