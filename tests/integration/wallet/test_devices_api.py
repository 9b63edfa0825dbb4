"""Devices: known, trusted, told of and ended."""

from __future__ import annotations

from tests.integration.wallet.authenticator import begin, finish, sign_in_with, switch_on
from tests.integration.wallet.house import PASSWORD, House, SignedIn


async def devices_of(user: SignedIn) -> dict[str, dict[str, object]]:
    return {device["name"]: device for device in (await user.get("/v1/devices")).body["items"]}


async def test_devices_are_listed_with_the_present_one_marked(house: House) -> None:
    user = await house.user()
    await begin(house, user.user_id, "平板")
    devices = await devices_of(user)
    assert {name: device["current"] for name, device in devices.items()} == {"手机": True, "平板": False}
    assert devices["平板"]["trusted_until"] is None


async def test_a_new_device_is_told_to_the_user_and_his_first_and_a_known_one_are_not(house: House) -> None:
    user = await house.user()
    await begin(house, user.user_id)
    for _ in range(2):
        await begin(house, user.user_id, "https://evil.example/x")
    items = await house.messages_to(user.user_id)
    (message,) = [item for item in items if item["medium"] == "email"]
    assert (message["kind"], message["link"]) == ("new_device", None)
    assert "https evil example x" in message["body"]
    assert "2026-03-12 11:50" in message["body"]


async def test_a_wrong_password_makes_no_device_known(house: House) -> None:
    user = await house.user()
    body = {"login": user.user_id, "password": "not the password", "device": "平板"}
    await house.call("POST", "/v1/sessions", json=body)
    assert set(await devices_of(user)) == {"手机"}


async def test_a_device_that_passed_the_second_step_may_leave_it_out_for_thirty_days(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    passed = await sign_in_with(app, user.user_id, "平板", remember=True)
    token = passed.body["device_token"]
    assert passed.body["device_token_expires_at"] == "2026-04-11T03:50:30Z"
    known = await begin(house, user.user_id, "whatever it calls itself now", token)
    assert known.status == 201
    devices = await devices_of(await house_user(house, known.body))
    assert (set(devices), devices["平板"]["trusted_until"]) == ({"手机", "平板"}, "2026-04-11T03:50:30Z")
    assert (await begin(house, user.user_id, "平板")).status == 202
    house.clock.advance(days=30)
    assert (await begin(house, user.user_id, "平板", token)).status == 202


async def test_a_device_token_is_no_password_and_not_good_for_another_user(house: House) -> None:
    user, other = await house.user(), await house.user()
    app, _ = await switch_on(user)
    await switch_on(other)
    token = (await sign_in_with(app, user.user_id, remember=True)).body["device_token"]
    assert (await begin(house, other.user_id, device_token=token)).status == 202
    assert (await house.call("GET", "/v1/me", token=token)).code == "unauthenticated"
    wrong = {"login": user.user_id, "password": "not the password", "device_token": token}
    assert (await house.call("POST", "/v1/sessions", json=wrong)).code == "sign_in_failed"
    assert (await begin(house, user.user_id, device_token="nonsense")).status == 202


async def test_a_new_password_and_switching_off_end_the_trust(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    token = (await sign_in_with(app, user.user_id, remember=True)).body["device_token"]
    await user.delete("/v1/two-factor", {"code": app.next_code(), "password": PASSWORD})
    app, _ = await switch_on(user)
    assert (await begin(house, user.user_id, device_token=token)).status == 202

    token = (await sign_in_with(app, user.user_id, remember=True)).body["device_token"]
    assert (await begin(house, user.user_id, device_token=token)).status == 201
    house.clock.advance(seconds=1)
    await house.call("POST", "/v1/password-resets", json={"login": user.user_id})
    new = {"token": await house.reset_token(user.user_id), "new_password": "another password"}
    await house.call("POST", "/v1/password-resets/confirm", json=new)
    body = {"login": user.user_id, "password": "another password", "device_token": token}
    assert (await house.call("POST", "/v1/sessions", json=body)).status == 202


async def test_an_ended_device_is_signed_out_and_trusted_no_more(house: House) -> None:
    user = await house.user()
    app, _ = await switch_on(user)
    passed = (await sign_in_with(app, user.user_id, "平板", remember=True)).body
    tablet = await house_user(house, passed)
    device_id = (await devices_of(user))["平板"]["id"]
    assert (await user.delete(f"/v1/devices/{device_id}")).status == 200
    assert (await tablet.get("/v1/me")).code == "unauthenticated"
    assert (await begin(house, user.user_id, "平板", passed["device_token"])).status == 202
    assert (await user.get("/v1/me")).status == 200
    # Signing in again under the same name makes the old tokens no better.
    challenge = (await begin(house, user.user_id, "平板")).body["challenge"]
    assert (await finish(house, challenge, app.next_code())).status == 201
    assert (await tablet.get("/v1/me")).code == "unauthenticated"


async def test_ending_the_present_device_signs_out(house: House) -> None:
    user = await house.user()
    device_id = (await devices_of(user))["手机"]["id"]
    assert (await user.delete(f"/v1/devices/{device_id}")).status == 200
    assert (await user.get("/v1/me")).code == "unauthenticated"


async def test_nobody_sees_or_ends_the_devices_of_someone_else(house: House) -> None:
    user, other = await house.user(), await house.user()
    device_id = (await devices_of(user))["手机"]["id"]
    assert device_id not in {device["id"] for device in (await devices_of(other)).values()}
    assert (await other.delete(f"/v1/devices/{device_id}")).code == "not_found"
    assert (await user.get("/v1/me")).status == 200
    assert (await house.call("GET", "/v1/devices")).code == "unauthenticated"
    assert (await house.call("DELETE", f"/v1/devices/{device_id}")).code == "unauthenticated"


async def house_user(house: House, session: dict[str, str]) -> SignedIn:
    return SignedIn(house, session["user_id"], session["access_token"])
