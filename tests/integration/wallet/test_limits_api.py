"""Limits as their owner sets them."""

from __future__ import annotations

from tests.integration.wallet.house import PASSWORD, House, cny


async def test_limits_are_shown_with_what_is_used_and_when_they_reset(house: House) -> None:
    user = await house.user(balance="1000")
    await user.pay("600")
    limits = (await user.get("/v1/limits")).body
    assert (limits["identity_level"], limits["used_today"]) == (2, cny("600"))
    assert (limits["per_payment"], limits["per_payment_maximum"]) == (cny("5000"), cny("5000"))
    assert (limits["per_day"], limits["per_day_maximum"]) == (cny("10000"), cny("10000"))
    assert limits["resets_at"] == "2026-03-12T16:00:00Z"


async def test_a_lower_limit_holds_at_once_and_can_be_raised_again(house: House) -> None:
    user = await house.user(balance="1000")
    assert (await user.put("/v1/limits", {"per_payment": cny("50")})).body["per_payment"] == cny("50")
    assert (await user.pay("60")).body["cause"] == "over_payment_limit"
    raised = (await user.put("/v1/limits", {"per_payment": cny("2500"), "per_day": cny("9000")})).body
    assert (raised["per_payment"], raised["per_day"]) == (cny("2500"), cny("9000"))
    assert (await user.pay("60")).body["status"] == "succeeded"


async def test_a_limit_above_the_level_is_refused_and_changes_nothing(house: House) -> None:
    user = await house.user()
    refused = await user.put("/v1/limits", {"per_payment": cny("10"), "per_day": cny("10000.01")})
    assert (refused.status, refused.code) == (422, "limit_above_level")
    assert (await user.get("/v1/limits")).body["per_payment"] == cny("5000")


async def test_the_limits_of_one_user_are_not_those_of_another(house: House) -> None:
    user, other = await house.user(), await house.user()
    await user.put("/v1/limits", {"per_day": cny("50")})
    assert (await other.get("/v1/limits")).body["per_day"] == cny("10000")


async def test_a_limit_raised_above_half_of_the_level_takes_the_password(house: House) -> None:
    user = await house.user()
    assert (await user.put("/v1/limits", {"per_payment": cny("100"), "per_day": cny("2000")})).status == 200
    assert (await user.put("/v1/limits", {"per_day": cny("5000")})).status == 200
    for choice in ({"per_day": cny("5000.01")}, {"per_payment": cny("2500.01")}):
        refused = await user.put("/v1/limits", choice)
        assert (refused.status, refused.code) == (403, "password_required")
    assert (await user.get("/v1/limits")).body["per_day"] == cny("5000")
    raised = await user.put("/v1/limits", {"per_day": cny("10000"), "password": PASSWORD})
    assert (raised.status, raised.body["per_day"]) == (200, cny("10000"))
    # What was far already is not raised by saying it again, nor by lowering it.
    for less in ("10000", "9000", "50"):
        assert (await user.put("/v1/limits", {"per_day": cny(less)})).body["per_day"] == cny(less)


async def test_a_wrong_password_changes_no_limit_and_locks_as_at_sign_in(house: House) -> None:
    user = await house.user()
    await user.put("/v1/limits", {"per_day": cny("50")})
    for _ in range(5):
        # Even where none is needed: it would be a way to try passwords unseen.
        wrong = await user.put("/v1/limits", {"per_day": cny("60"), "password": "not the password"})
        assert wrong.code == "password_required"
    assert (await user.put("/v1/limits", {"per_day": cny("9000"), "password": PASSWORD})).code == "account_locked"
    assert (await house.sign_in(user.user_id)).code == "account_locked"
    assert (await user.get("/v1/limits")).body["per_day"] == cny("50")


async def test_on_a_frozen_account_no_limit_is_changed(house: House) -> None:
    user = await house.user()
    await user.put("/v1/limits", {"per_day": cny("50")})
    await user.post("/v1/me/freeze", {"reason": "phone stolen"})
    for choice in ({"per_day": cny("60")}, {"per_day": cny("9000"), "password": PASSWORD}):
        refused = await user.put("/v1/limits", choice)
        assert (refused.status, refused.code) == (403, "account_frozen")
    assert (await user.get("/v1/limits")).body["per_day"] == cny("50")
