"""Limits as their owner sets them."""

from __future__ import annotations

from tests.integration.wallet.house import House, cny


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
    raised = (await user.put("/v1/limits", {"per_payment": cny("5000"), "per_day": cny("9000")})).body
    assert (raised["per_payment"], raised["per_day"]) == (cny("5000"), cny("9000"))
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
