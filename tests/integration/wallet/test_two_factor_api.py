"""Signing in with a second step: switching it on and off, its codes, and how little it tells."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.integration.wallet.authenticator import begin, finish, sign_in_with, switch_on
from tests.integration.wallet.databases import everything_stored_at
from tests.integration.wallet.house import PASSWORD, Answer, House, Start
from wallet.settings import Settings


def without_ids(answer: Answer) -> tuple[int, dict[str, object], set[str]]:
    body = {key: value for key, value in answer.body.items() if key != "request_id"}
    return answer.status, body, set(answer.headers)


async def failures_of(house: House, user_id: str) -> list[str | None]:
    state = await house.support(f"/users/{user_id}/login-state", acting=user_id)
    return [attempt["failure"] for attempt in state.body["attempts"]]


async def test_a_secret_protects_nothing_until_a_code_has_confirmed_it(house: House) -> None:
    user = await house.user()
    assert (await user.post("/v1/two-factor", {"password": "not the password"})).code == "password_required"
    begun = await user.post("/v1/two-factor", {"password": PASSWORD})
    assert begun.body["secret"] in begun.body["otpauth_uri"]
    assert (await user.put("/v1/two-factor", {"code": "000000"})).code == "wrong_code"
    assert (await begin(house, user.user_id)).status == 201
    assert (await user.get("/v1/me")).body["two_factor"] is False
    app, recovery_codes = await switch_on(user)
    assert (await user.get("/v1/me")).body["two_factor"] is True
    assert app.secret != begun.body["secret"]
    assert len(set(recovery_codes)) == 10
    assert (await begin(house, user.user_id)).status == 202
    security = await house.support(f"/users/{user.user_id}/security", acting=user.user_id)
    assert security.body["two_factor"] is True
    assert await house.mails_to(user.user_id) == ["two_factor_on"]


async def test_the_right_password_alone_gives_a_challenge_and_nothing_else(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    challenged = await begin(house, user.user_id)
    assert set(challenged.body) == {"challenge", "expires_at"}
    assert challenged.body["expires_at"] == "2026-03-12T03:55:00Z"
    assert (await house.call("GET", "/v1/me", token=challenged.body["challenge"])).code == "unauthenticated"
    code = app.next_code()
    passed = await finish(house, challenged.body["challenge"], code)
    assert (passed.status, set(passed.body)) == (201, {"access_token", "expires_at", "user_id"})
    assert (await house.call("GET", "/v1/me", token=passed.body["access_token"])).status == 200


async def test_without_the_right_password_nothing_tells_that_there_is_a_second_step(house: House) -> None:
    user, other = await house.user(), await house.user()
    await switch_on(user)
    answers = [await house.sign_in(login, "not the password") for login in (user.user_id, other.user_id, "nobody")]
    assert without_ids(answers[0]) == without_ids(answers[1]) == without_ids(answers[2])


async def test_neither_secret_nor_recovery_codes_can_be_read_in_the_database(house: House) -> None:
    app, recovery_codes = await switch_on(await house.user())
    stored = await everything_stored_at(house.settings.database_url)
    assert app.secret not in stored
    assert not any(code in stored for code in recovery_codes)


async def test_a_code_is_taken_once_even_by_two_sign_ins_side_by_side(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    first = (await begin(house, user.user_id)).body["challenge"]
    assert (await finish(house, first, app.code())).code == "wrong_code"
    code = app.next_code()
    second = (await begin(house, user.user_id)).body["challenge"]
    answers = await asyncio.gather(*(finish(house, challenge, code) for challenge in (first, second)))
    assert sorted(answer.status for answer in answers) == [201, 422]


async def test_a_recovery_code_signs_in_once(house: House) -> None:
    user = await house.user()
    _, recovery_codes = await switch_on(user)
    challenge = (await begin(house, user.user_id)).body["challenge"]
    assert (await finish(house, challenge, recovery_codes[3].upper())).status == 201
    assert (await finish(house, challenge, recovery_codes[3])).code == "wrong_code"
    assert (await finish(house, challenge, recovery_codes[4])).status == 201


async def test_nobody_signs_in_with_the_codes_of_someone_else(house: House) -> None:
    user, other = await house.user(), await house.user()
    await switch_on(user)
    others_app, others_codes = await switch_on(other)
    code = others_app.next_code()
    challenge = (await begin(house, user.user_id)).body["challenge"]
    assert (await finish(house, challenge, code)).code == "wrong_code"
    assert (await finish(house, challenge, others_codes[0])).code == "wrong_code"


async def test_wrong_codes_lock_like_wrong_passwords_and_a_right_password_does_not_wipe_them_out(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    for _ in range(5):
        challenge = (await begin(house, user.user_id)).body["challenge"]
        assert (await finish(house, challenge, app.wrong_code())).code == "wrong_code"
    assert (await finish(house, challenge, app.next_code())).code == "account_locked"
    assert (await begin(house, user.user_id)).code == "account_locked"
    assert (await failures_of(house, user.user_id))[:7] == ["locked", "locked", *["wrong_code"] * 5]
    house.clock.advance(hours=24)
    assert (await sign_in_with(app, user.user_id)).status == 201


async def test_a_frozen_account_is_told_before_a_code_is_looked_at(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    challenge = (await begin(house, user.user_id)).body["challenge"]
    await house.support(f"/users/{user.user_id}/freeze", "POST", acting=user.user_id)
    assert (await finish(house, challenge, app.wrong_code())).code == "account_frozen"
    assert (await finish(house, challenge, app.next_code())).code == "account_frozen"


async def test_a_frozen_account_keeps_its_second_step(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    await house.support(f"/users/{user.user_id}/freeze", "POST", acting=user.user_id)
    refused = await user.delete("/v1/two-factor", {"password": PASSWORD, "code": app.next_code()})
    assert (refused.code, (await user.get("/v1/me")).body["two_factor"]) == ("account_frozen", True)


@pytest.mark.parametrize("challenge", ["nonsense", "e30.e30.e30"])
async def test_what_is_no_challenge_is_refused(house: House, challenge: str) -> None:
    refused = await finish(house, challenge, "000000")
    assert (refused.status, refused.code) == (400, "challenge_invalid")


async def test_a_challenge_ends_after_five_minutes_and_with_a_new_password(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    old = (await begin(house, user.user_id)).body["challenge"]
    house.clock.advance(minutes=5)
    assert (await finish(house, old, app.code())).code == "challenge_invalid"
    before_reset = (await begin(house, user.user_id)).body["challenge"]
    house.clock.advance(seconds=1)
    await house.call("POST", "/v1/password-resets", json={"login": user.user_id})
    new = {"token": await house.reset_token(user.user_id), "new_password": "another password"}
    assert (await house.call("POST", "/v1/password-resets/confirm", json=new)).status == 200
    assert (await finish(house, before_reset, app.code())).code == "challenge_invalid"


async def test_a_challenge_ends_with_the_second_step(house: House) -> None:
    user = await house.user()
    app, recovery_codes = await switch_on(user)
    challenge = (await begin(house, user.user_id)).body["challenge"]
    off = await user.delete("/v1/two-factor", {"code": app.next_code(), "password": PASSWORD})
    assert off.status == 200, off.text
    for code in (app.next_code(), recovery_codes[0]):
        assert (await finish(house, challenge, code)).code == "challenge_invalid"


async def test_an_access_token_is_no_challenge(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    assert (await finish(house, user.token, app.next_code())).code == "challenge_invalid"


async def test_it_is_switched_off_with_password_and_code_and_not_with_one_of_them(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    code = app.next_code()
    assert (await user.delete("/v1/two-factor", {"code": code})).code == "password_required"
    wrong = await user.delete("/v1/two-factor", {"code": code, "password": "not the password"})
    assert (wrong.status, wrong.code) == (403, "password_required")
    assert (await user.delete("/v1/two-factor", {"code": app.wrong_code(), "password": PASSWORD})).code == "wrong_code"
    assert (await user.delete("/v1/two-factor", {"code": code, "password": PASSWORD})).status == 200
    assert (await begin(house, user.user_id)).status == 201
    assert await house.mails_to(user.user_id) == ["two_factor_off", "two_factor_on"]
    assert (await user.delete("/v1/two-factor", {"code": code, "password": PASSWORD})).code == "conflict"


async def test_guesses_at_switching_it_off_lock_the_account(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    for _ in range(5):
        await user.delete("/v1/two-factor", {"code": app.wrong_code(), "password": PASSWORD})
    locked = await user.delete("/v1/two-factor", {"code": app.next_code(), "password": PASSWORD})
    assert locked.code == "account_locked"


async def test_it_is_begun_and_confirmed_in_order(house: House) -> None:
    user = await house.user()
    assert (await user.put("/v1/two-factor", {"code": "000000"})).code == "conflict"
    await switch_on(user)
    assert (await user.post("/v1/two-factor", {"password": PASSWORD})).code == "conflict"
    assert (await user.put("/v1/two-factor", {"code": "000000"})).code == "conflict"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nobody_changes_it_anonymously_or_with_the_token_of_a_service(house: House, method: str) -> None:
    for token in (None, house.settings.support_token):
        assert (await house.call(method, "/v1/two-factor", token=token)).code == "unauthenticated"


async def test_codes_may_not_be_tried_too_fast(settings: Settings, start: Start) -> None:
    async with start(replace(settings, attempts_per_account=4)) as house:
        user = await house.user()
        app, _ = await switch_on(user)
        challenge = (await begin(house, user.user_id)).body["challenge"]
        refused = await finish(house, challenge, app.wrong_code())
        assert (refused.status, refused.code) == (429, "too_many_requests")
