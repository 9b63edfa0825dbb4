"""What a movement would cost, as the signed-in user asks."""

from __future__ import annotations

from tests.integration.wallet.house import House, cny

WITHDRAWAL = "/v1/fees/quote?kind=withdrawal&channel=bank_card&currency=CNY&amount_minor="


async def test_the_fee_that_is_quoted_is_the_fee_that_is_taken(house: House) -> None:
    user = await house.user("5000")
    card = await user.bind_card()
    quoted = (await user.get(f"{WITHDRAWAL}150000")).body
    assert (quoted["fee"], quoted["free_remaining"]) == (cny("0.50"), cny("1000"))
    assert (await user.withdraw("1500", card)).body["fee"] == quoted["fee"]
    assert (await user.get(f"{WITHDRAWAL}150000")).body["free_remaining"] == cny("0")


async def test_another_s_free_quota_is_not_told(house: House) -> None:
    one, other = await house.user("5000"), await house.user()
    await one.withdraw("600", await one.bind_card())
    quoted = await other.get(f"{WITHDRAWAL}100&user_id={one.user_id}")
    assert quoted.body["free_remaining"] == cny("1000")


async def test_a_kind_a_channel_or_an_amount_that_is_none_is_refused(house: House) -> None:
    user = await house.user()
    assert (await user.get("/v1/fees/quote?kind=gift&channel=wallet&amount_minor=1&currency=CNY")).code == (
        "invalid_request"
    )
    assert (await user.get("/v1/fees/quote?kind=transfer&channel=moon&amount_minor=1&currency=CNY")).code == "not_found"
    assert (await user.get(f"{WITHDRAWAL}0")).code == "invalid_request"
