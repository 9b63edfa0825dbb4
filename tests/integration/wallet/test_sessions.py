"""Signing in, being locked out, and how little is told to those who do not know the password."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import jwt
import pytest

from tests.integration.wallet.house import PASSWORD, Answer, House, Start, TurnableClock
from wallet.settings import Settings


def without_ids(answer: Answer) -> tuple[int, dict[str, object], set[str]]:
    body = {key: value for key, value in answer.body.items() if key != "request_id"}
    return answer.status, body, set(answer.headers)


async def test_a_user_signs_in_with_id_phone_or_email(house: House) -> None:
    user_id = await house.open_user(phone="13912345678", email="someone@example.com")
    for login in (user_id, "13912345678", "Someone@example.com"):
        answer = await house.sign_in(login)
        assert (answer.status, answer.body["user_id"]) == (201, user_id)
        assert answer.body["expires_at"] == "2026-03-12T04:50:00Z"


async def test_a_wrong_password_and_an_unknown_login_are_answered_alike(house: House) -> None:
    wrong = await house.sign_in(await house.open_user(), "not the password")
    unknown = await house.sign_in("nobody@example.com", "not the password")
    assert (wrong.status, wrong.code) == (401, "sign_in_failed")
    assert without_ids(wrong) == without_ids(unknown)


async def test_five_wrong_passwords_lock_even_the_right_one_out_for_a_day(house: House) -> None:
    user_id = await house.open_user()
    answers = [await house.sign_in(user_id, "not the password") for _ in range(6)]
    assert {answer.code for answer in answers} == {"sign_in_failed"}
    locked = await house.sign_in(user_id)
    assert (locked.status, locked.code) == (403, "account_locked")
    house.clock.advance(hours=24)
    assert (await house.sign_in(user_id)).status == 201


async def test_a_locked_account_looks_like_any_other_to_who_does_not_know_the_password(house: House) -> None:
    locked, other = await house.open_user(), await house.open_user()
    for _ in range(5):
        await house.sign_in(locked, "not the password")
    answers = [await house.sign_in(login, "not the password") for login in (locked, other, "nobody")]
    assert without_ids(answers[0]) == without_ids(answers[1]) == without_ids(answers[2])


async def test_guesses_side_by_side_are_all_counted(house: House) -> None:
    user_id = await house.open_user()
    await asyncio.gather(*(house.sign_in(user_id, f"guess {number}") for number in range(5)))
    assert (await house.sign_in(user_id)).code == "account_locked"


async def test_a_frozen_account_tells_so_only_to_its_owner_and_keeps_the_attempt(house: House) -> None:
    user_id = await house.open_user()
    await house.support(f"/users/{user_id}/freeze", "POST", acting=user_id)
    frozen = await house.sign_in(user_id)
    assert (frozen.status, frozen.code) == (403, "account_frozen")
    assert (await house.sign_in(user_id, "not the password")).code == "sign_in_failed"
    state = (await house.support(f"/users/{user_id}/login-state", acting=user_id)).body
    assert [attempt["failure"] for attempt in state["attempts"]] == ["wrong_password", "frozen"]


@pytest.mark.parametrize("token", [None, "", "nonsense", "e30.e30.e30"])
async def test_without_a_valid_token_nothing_of_a_user_is_shown(house: House, token: str | None) -> None:
    refused = await house.call("GET", "/v1/me", token=token)
    assert (refused.status, refused.code) == (401, "unauthenticated")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/me"),
        ("POST", "/v1/support-tokens"),
        ("POST", "/v1/payments"),
        ("GET", "/v1/payments"),
        ("GET", "/v1/payments/pay_1"),
        ("POST", "/v1/payments/pay_1/query"),
        ("POST", "/v1/topups"),
        ("GET", "/v1/topups"),
        ("GET", "/v1/topups/top_1"),
        ("POST", "/v1/topups/top_1/query"),
        ("GET", "/v1/limits"),
        ("PUT", "/v1/limits"),
        ("GET", "/v1/cards"),
        ("POST", "/v1/cards"),
        ("PATCH", "/v1/cards/card_1"),
    ],
)
async def test_nobody_gets_in_anonymously_or_with_the_token_of_a_service(house: House, method: str, path: str) -> None:
    assert (await house.call(method, path)).code == "unauthenticated"
    assert (await house.call(method, path, token=house.settings.support_token)).code == "unauthenticated"


async def test_a_token_ends_after_an_hour(house: House) -> None:
    user = await house.user()
    house.clock.advance(minutes=59)
    assert (await user.get("/v1/me")).status == 200
    house.clock.advance(minutes=1)
    assert (await user.get("/v1/me")).status == 401


async def test_a_token_for_the_support_line_says_who_it_is_and_opens_nothing_here(house: House) -> None:
    user = await house.user()
    answer = await user.post("/v1/support-tokens")
    claims = jwt.decode(
        answer.body["token"],
        house.settings.user_token_secret,
        algorithms=["HS256"],
        audience="wallet-hotline",
        options={"verify_exp": False, "verify_iat": False},
    )
    assert (claims["sub"], claims["exp"] - claims["iat"]) == (user.user_id, 3600)
    assert (await house.call("GET", "/v1/me", token=answer.body["token"])).status == 401


async def test_the_profile_shows_masked_contacts_and_the_balance(house: House) -> None:
    user = await house.signed_in(await house.open_user(phone="13912345678", email="someone@example.com"))
    profile = (await user.get("/v1/me")).body
    assert (profile["phone_masked"], profile["email_masked"]) == ("139****5678", "s***e@example.com")
    assert (profile["status"], profile["balance"]) == ("active", {"minor": 0, "currency": "CNY"})


@pytest.mark.parametrize(
    "body", [[], "text", {"login": "x"}, {"login": 1, "password": "x"}, {"login": "", "password": "x"}]
)
async def test_a_request_that_cannot_be_meant_is_refused(house: House, body: object) -> None:
    refused = await house.call("POST", "/v1/sessions", json=body)
    assert (refused.status, refused.code) == (400, "invalid_request")


async def test_too_many_attempts_on_an_account_have_to_wait_whatever_it_is_called_by(
    settings: Settings, clock: TurnableClock, start: Start
) -> None:
    async with start(replace(settings, attempts_per_account=4)) as house:
        user_id = await house.open_user(phone="13912345678")
        for login in (user_id, "13912345678") * 2:
            assert (await house.sign_in(login)).status == 201
        refused = await house.sign_in("13912345678")
        assert (refused.status, refused.code, refused.headers["Retry-After"]) == (429, "too_many_requests", "60")
        reset = await house.call("POST", "/v1/password-resets", json={"login": user_id})
        assert reset.code == "too_many_requests"
        clock.advance(minutes=1)
        assert (await house.sign_in(user_id, PASSWORD)).status == 201


async def test_too_many_attempts_from_an_address_have_to_wait(settings: Settings, start: Start) -> None:
    async with start(replace(settings, attempts_per_address=2)) as house:
        statuses = [(await house.sign_in(f"nobody-{number}")).status for number in range(3)]
        assert statuses == [401, 401, 429]
