"""Reset links: sent to the owner, used once, and silent about who exists."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.wallet.house import PASSWORD, Answer, House

NEW_PASSWORD = "another right password"


async def request(house: House, login: str) -> Answer:
    return await house.call("POST", "/v1/password-resets", json={"login": login})


async def confirm(house: House, token: str, password: str = NEW_PASSWORD) -> Answer:
    return await house.call("POST", "/v1/password-resets/confirm", json={"token": token, "new_password": password})


async def test_asking_for_a_link_is_answered_alike_for_everyone(house: House) -> None:
    known, unknown = await request(house, await house.open_user()), await request(house, "nobody@example.com")
    assert (known.status, known.body) == (unknown.status, unknown.body) == (202, {"status": "accepted"})


async def test_a_link_sets_a_new_password_and_ends_the_old_one(house: House) -> None:
    user_id = await house.open_user()
    await request(house, user_id)
    assert (await confirm(house, await house.reset_token(user_id))).status == 200
    assert (await house.sign_in(user_id)).code == "sign_in_failed"
    assert (await house.sign_in(user_id, NEW_PASSWORD)).status == 201


async def test_a_link_lifts_the_lock(house: House) -> None:
    user_id = await house.open_user()
    for _ in range(5):
        await house.sign_in(user_id, "not the password")
    await request(house, user_id)
    await confirm(house, await house.reset_token(user_id))
    assert (await house.sign_in(user_id, NEW_PASSWORD)).status == 201
    state = (await house.support(f"/users/{user_id}/login-state", acting=user_id)).body
    assert (state["status"], state["failures"], state["locked_until"]) == ("active", 0, None)


async def test_a_new_password_ends_the_tokens_of_the_old_one(house: House) -> None:
    user = await house.user()
    house.clock.advance(seconds=1)
    await request(house, user.user_id)
    await confirm(house, await house.reset_token(user.user_id))
    assert (await user.get("/v1/me")).status == 401
    assert (await (await house.signed_in(user.user_id, NEW_PASSWORD)).get("/v1/me")).status == 200


async def test_a_link_works_once_even_at_once(house: House) -> None:
    user_id = await house.open_user()
    await request(house, user_id)
    token = await house.reset_token(user_id)
    answers = await asyncio.gather(*(confirm(house, token, f"{NEW_PASSWORD} {number}") for number in range(5)))
    assert sorted(answer.status for answer in answers) == [200, 400, 400, 400, 400]
    assert {answer.code for answer in answers if answer.status == 400} == {"reset_token_invalid"}


async def test_a_link_ends_after_half_an_hour(house: House) -> None:
    user_id = await house.open_user()
    await request(house, user_id)
    house.clock.advance(minutes=30)
    assert (await confirm(house, await house.reset_token(user_id))).code == "reset_token_invalid"


async def test_using_one_link_ends_the_others(house: House) -> None:
    user_id = await house.open_user()
    await request(house, user_id)
    first = await house.reset_token(user_id)
    house.clock.advance(seconds=1)
    await request(house, user_id)
    assert (await confirm(house, await house.reset_token(user_id))).status == 200
    assert (await confirm(house, first, "a third right password")).code == "reset_token_invalid"


@pytest.mark.parametrize("password", ["too short", PASSWORD, "x" * 300])
async def test_a_weak_password_or_the_old_one_is_refused_and_the_link_stays_good(house: House, password: str) -> None:
    user_id = await house.open_user()
    await request(house, user_id)
    token = await house.reset_token(user_id)
    refused = await confirm(house, token, password)
    assert (refused.status, refused.code) == (422, "password_too_weak")
    assert (await confirm(house, token)).status == 200


async def test_a_token_nobody_was_sent_is_refused(house: House) -> None:
    refused = await confirm(house, "guessed")
    assert (refused.status, refused.code) == (400, "reset_token_invalid")


@pytest.mark.parametrize(("language", "word"), [("zh", "重设"), ("en", "new password")])
async def test_the_link_is_sent_in_the_users_language_to_his_own_contact(
    house: House, language: str, word: str
) -> None:
    user_id = await house.open_user(language=language, email="owner@example.com")
    await request(house, user_id)
    (message,) = await house.messages_to(user_id)
    assert (message["to"], message["kind"]) == ("owner@example.com", "password_reset")
    assert word in message["subject"]
    assert message["link"] in message["body"]
    assert message["link"].startswith("http://127.0.0.1:5100/reset-password?token=")


async def test_a_user_without_email_gets_the_link_by_sms(house: House) -> None:
    user_id = await house.open_user(email=None, phone="13912345678")
    await request(house, user_id)
    (message,) = await house.messages_to(user_id)
    assert message["to"] == "13912345678"
